package io.meseta.platform.streams;

/// The connection under a stream, as far as the servlet API does not reach.
interface Peer {

    /// Calls `onGone` once the peer has closed the connection, even while nothing is written.
    void watch(Runnable onGone);

    /// Closes the connection at once, whatever waits in it.
    void cut();
}
