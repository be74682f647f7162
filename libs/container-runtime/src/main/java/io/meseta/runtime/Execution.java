package io.meseta.runtime;

import io.meseta.runtime.state.ContainerEnd;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/// A further process in a running container. Read both streams, or it stalls.
///
/// With a terminal, all that is written arrives in [#output], and [#error] is empty.
public interface Execution extends AutoCloseable {

    /// What the process reads. Without a terminal, closing it is the end of its input.
    OutputStream input();

    InputStream output();

    InputStream error();

    /// Waits until the process has ended; empty if it has not within `patience`.
    Optional<ContainerEnd> await(Duration patience) throws InterruptedException;

    /// Sends a signal to the process; if it has ended, nothing happens.
    void signal(int signal);

    /// Changes the size of the terminal; without a terminal, nothing happens.
    void resize(int columns, int rows);

    /// Kills the process if it runs, and closes the streams.
    @Override
    void close();
}
