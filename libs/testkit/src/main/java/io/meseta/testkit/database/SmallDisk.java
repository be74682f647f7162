package io.meseta.testkit.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A file system of its own, in memory and so small that a test can fill it. Whoever mounts one
/// must be root.
public final class SmallDisk implements AutoCloseable {

    private static final int BLOCK_BYTES = 64 * 1024;
    private static final long COMMAND_SECONDS_MAX = 10;

    private final Path root;
    private final Thread lastResort;

    /// Nothing can be mounted here.
    public static final class NotPermitted extends Exception {

        private static final long serialVersionUID = 1L;

        NotPermitted(String message) {
            super(message);
        }
    }

    private SmallDisk(Path root) {
        this.root = root;
        this.lastResort = new Thread(() -> run("umount", "-l", root.toString()));
    }

    /// @param megabytes how much it holds
    public static SmallDisk of(int megabytes) throws NotPermitted {
        var root = DataDirectories.fresh();
        try {
            Files.createDirectories(root);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make " + root, failure);
        }
        var disk = new SmallDisk(root);
        var size = "size=" + megabytes + "m";
        if (!run("mount", "-t", "tmpfs", "-o", size, "tmpfs", root.toString())) {
            delete(root);
            throw new NotPermitted("no file system can be mounted here: that takes root");
        }
        Runtime.getRuntime().addShutdownHook(disk.lastResort);
        return disk;
    }

    Path data() {
        return root.resolve("data");
    }

    /// Leaves no room for anybody.
    public void fill() {
        var block = new byte[BLOCK_BYTES];
        try (var out = Files.newOutputStream(ballast())) {
            // Ends when the disk is full, which it tells by an exception.
            while (true) out.write(block);
        } catch (IOException full) {
            if (!Files.exists(ballast())) throw new UncheckedIOException("cannot fill", full);
        }
    }

    /// Gives the room back.
    public void clear() {
        delete(ballast());
    }

    @Override
    public void close() {
        if (!run("umount", root.toString())) run("umount", "-l", root.toString());
        delete(root);
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private Path ballast() {
        return root.resolve("ballast");
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + path, failure);
        }
    }

    private static boolean run(String... command) {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)
                    && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
