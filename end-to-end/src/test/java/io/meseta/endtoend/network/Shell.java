package io.meseta.endtoend.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Short commands of the system.
final class Shell {

    private static final long LIMIT_SECONDS = 20;

    private Shell() {}

    /// A command did not do what it was told, or is not there.
    static final class Failed extends Exception {
        Failed(String message) {
            super(message);
        }
    }

    /// What the command prints, which is little.
    static String run(String... command) throws Failed {
        return run(List.of(command));
    }

    static String run(List<String> command) throws Failed {
        var said = String.join(" ", command);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failed(said + " does not end");
            }
            if (process.exitValue() != 0) throw new Failed(said + ": " + output.strip());
            return output;
        } catch (IOException missing) {
            throw new Failed(said + ": " + missing.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failed(said + " was interrupted");
        }
    }
}
