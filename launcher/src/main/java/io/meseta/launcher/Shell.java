package io.meseta.launcher;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Short commands of the operating system. Only for fixed words and numbers, never for input.
final class Shell {

    private static final int LIMIT_S = 10;

    private Shell() {}

    /// Runs one; true when it succeeded. Its output is discarded.
    static boolean run(String command) {
        try {
            var process =
                    new ProcessBuilder(List.of("sh", "-c", command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean has(String program) {
        return run("command -v " + program);
    }
}
