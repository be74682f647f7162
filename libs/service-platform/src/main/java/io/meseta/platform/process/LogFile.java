package io.meseta.platform.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The file that this process logs to, if it logs to one (`logging.file.name`).
///
/// @param path the file; empty if the log goes elsewhere, to a terminal or a service manager
public record LogFile(Optional<Path> path) {

    /// The file, if it is there.
    public Optional<Path> present() {
        return path.filter(Files::isRegularFile);
    }

    /// Opens it for reading; whoever gets it closes it. Empty if there is nothing to open.
    public Optional<FileChannel> open() {
        try {
            return present().isEmpty()
                    ? Optional.empty()
                    : Optional.of(FileChannel.open(present().get(), StandardOpenOption.READ));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
