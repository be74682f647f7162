package io.meseta.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which data directory a command is about.
final class DataChoice {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept (default: .meseta beside the script).")
    private @Nullable Path data;

    /// The script says where the repository's own data directory is, since we may run anywhere.
    Layout layout() {
        return new Layout(
                data == null ? Path.of(System.getProperty("meseta.data", ".meseta")) : data);
    }
}
