package io.meseta.platform.streams;

/// The connection under a stream, as far as the servlet API does not reach.
public interface Peer {

    /// Calls `onGone` once the peer has closed the connection, even while nothing is written.
    void watch(Runnable onGone);

    /// The answer is about to be complete: what the peer sends from now on is none of ours. Not
    /// before the answer's head has been sent, which could then say that the connection ends with
    /// it, and not be chunked.
    void leave();

    /// Closes the connection at once, whatever waits in it.
    void cut();
}
