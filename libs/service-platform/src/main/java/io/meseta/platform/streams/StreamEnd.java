package io.meseta.platform.streams;

/// Why a stream ended.
public enum StreamEnd {
    /// We ended it, and the peer got everything.
    CLOSED,
    /// More waited for the peer than its limit allows.
    OVERFLOW,
    /// The peer took nothing for longer than its limit allows.
    STALLED,
    /// The peer closed or lost the connection.
    PEER_GONE,
    /// Its caller has been revoked.
    REVOKED,
    /// This process is stopping.
    SHUTDOWN
}
