package io.meseta.agent.files;

import java.nio.channels.SeekableByteChannel;

/// What a path led to.
public sealed interface FileAnswer {

    /// An open file; whoever gets it closes it.
    record Opened(String name, long size, SeekableByteChannel channel) implements FileAnswer {}

    /// There is nothing there that may be shown.
    record NotFound() implements FileAnswer {}

    record IsDirectory() implements FileAnswer {}
}
