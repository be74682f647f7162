package io.meseta.platform.streams;

/// The connection under a stream, as far as the servlet API does not reach.
interface Peer {

    /// Calls `onGone` once the peer has closed the connection, even while nothing is written.
    void watch(Runnable onGone);

    /// Says that the connection is not used again once the answer is complete. Not before its head
    /// has been sent, which would then announce it and not be chunked.
    void leave();

    /// Closes the connection at once, whatever waits in it.
    void cut();
}
