package io.meseta.isolation.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Users of their own in the kernel's eyes, with nobody in it: who they are outside is all that is
/// needed of it. Made by `unshare(1)`, since no process of several threads can make one for itself.
public final class UserNamespace implements AutoCloseable {

    private static final int AT_FDCWD = -100;
    private static final long SECONDS_MAX = 10;

    private final int descriptor;

    private UserNamespace(int descriptor) {
        this.descriptor = descriptor;
    }

    /// One in which the numbers below `count` are those from `first` on outside, of users and of
    /// groups.
    public static UserNamespace of(long first, long count) throws IOException {
        // It says when it is in there, and ends when it is told anything or we are gone.
        var process =
                new ProcessBuilder("unshare", "--user", "sh", "-c", "echo; read end")
                        .redirectErrorStream(true)
                        .start();
        Thread.startVirtualThread(() -> limit(process));
        try {
            var said = process.getInputStream().read();
            if (said != '\n') throw new IOException("unshare makes no users: " + rest(process));
            var map = "0 %s %s\n".formatted(first, count);
            var proc = Path.of("/proc", Long.toString(process.pid()));
            Files.writeString(proc.resolve("uid_map"), map);
            Files.writeString(proc.resolve("gid_map"), map);
            return new UserNamespace(Opening.following(AT_FDCWD, proc + "/ns/user"));
        } finally {
            end(process);
        }
    }

    private static String rest(Process process) throws IOException {
        return new String(process.getInputStream().readNBytes(1000), StandardCharsets.UTF_8);
    }

    /// Nobody waits for ever for what it says.
    private static void limit(Process process) {
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
        }
    }

    private static void end(Process process) throws IOException {
        process.destroyForcibly();
        process.getInputStream().close();
        process.getOutputStream().close();
    }

    int descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        Opening.close(descriptor);
    }
}
