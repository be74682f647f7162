package io.meseta.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/// One of the console's npm scripts, run to its end; its output goes to a file beside the others of
/// the build.
record NpmScript(Path module, String name) {

    private static final int SHOWN_MAX = 8_000;
    private static final int SHOWN_NAMES_MAX = 5;

    /// How Node's reporter begins the line of a test that has failed.
    private static final String FAILED = "✖ ";

    /// What the script has written. Fails with its end if the script fails, or is not done in time.
    String run(Duration limit) throws IOException, InterruptedException {
        var log = module.resolve("target").resolve("npm-" + name.replace(':', '-') + ".log");
        var process =
                new ProcessBuilder("npm", "run", "--silent", name)
                        .directory(module.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw failure("is not done after " + limit, log);
            }
        } finally {
            // A browser that the script has started goes with it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) throw failure("fails", log);
        return Files.readString(log);
    }

    private AssertionFailedError failure(String how, Path log) throws IOException {
        var text = Files.readString(log);
        var end = text.substring(Math.max(0, text.length() - SHOWN_MAX));
        return new AssertionFailedError(
                "npm run %s %s%s; the whole of it is in %s%n%s"
                        .formatted(name, how, failed(text), log, end));
    }

    /// Which of its tests, in the one line of a failure that every report shows.
    private static String failed(String text) {
        var names =
                text.lines()
                        .filter(line -> line.startsWith(FAILED))
                        .map(line ->
                                line.substring(FAILED.length()).replaceAll(" \\([^)]*\\)$", ""))
                        .filter(name -> !name.startsWith("failing tests"))
                        .distinct()
                        .limit(SHOWN_NAMES_MAX)
                        .toList();
        return names.isEmpty() ? "" : " at '" + String.join("', '", names) + "'";
    }
}
