package io.meseta.runtime.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Assumptions;

/// What tests with real containers need of the machine. Where it is missing they are skipped, and
/// say so on the way out.
public final class Needs {

    private Needs() {}

    /// Skips the test unless this is root and all files are there.
    public static void rootAnd(String... files) {
        var missing = new ArrayList<String>();
        if (!"root".equals(System.getProperty("user.name"))) missing.add("root");
        for (var file : files) {
            if (!Files.exists(Path.of(file))) missing.add(file);
        }
        skipUnless(missing.isEmpty(), "missing: " + missing);
    }

    /// Skips the test, with a word to whoever reads the log.
    public static void skipUnless(boolean isGiven, String reason) {
        if (!isGiven) System.err.println("SKIPPED: containers are not tested here; " + reason);
        Assumptions.assumeTrue(isGiven, reason);
    }
}
