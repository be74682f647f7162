package io.meseta.agent.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The users of this machine, as the machine itself finds them: `/etc/passwd` first, then whatever
/// else it is set up to ask.
public final class Accounts {

    private static final long ANSWER_SECONDS_MAX = 10;
    private static final int ANSWER_BYTES_MAX = 64 << 10;

    /// The user that this agent runs as.
    public Account own() {
        var name = System.getProperty("user.name", "");
        return find(name)
                .orElseGet(() ->
                        new Account(name, ownUid(), -1, System.getProperty("user.home", "/")));
    }

    public boolean isRoot() {
        return ownUid() == 0;
    }

    public Optional<Account> find(String name) {
        if (name.isEmpty() || name.contains(":") || name.contains("\n") || name.startsWith("-")) {
            return Optional.empty();
        }
        return inPasswd(name).or(() -> asked(name));
    }

    private static long ownUid() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> line.split("\\s+", -1)[2])
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException _) {
            return -1;
        }
    }

    private static Optional<Account> inPasswd(String name) {
        try (Stream<String> lines =
                Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .findFirst()
                    .flatMap(Accounts::parse);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Account> asked(String name) {
        try {
            var getent =
                    new ProcessBuilder("getent", "passwd", name)
                            .redirectErrorStream(true)
                            .redirectInput(Path.of("/dev/null").toFile())
                            .start();
            if (!getent.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                getent.destroyForcibly();
                return Optional.empty();
            }
            if (getent.exitValue() != 0) return Optional.empty();
            var answer = getent.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            return parse(new String(answer, StandardCharsets.UTF_8).strip());
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Account> parse(String line) {
        var fields = line.split(":", -1);
        if (fields.length < 7) return Optional.empty();
        try {
            return Optional.of(
                    new Account(
                            fields[0],
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]),
                            fields[5].isEmpty() ? "/" : fields[5]));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
