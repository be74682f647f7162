package io.meseta.master.events;

/// What has changed between two states. Used by one thread.
public interface News {

    /// What it takes to keep it, in bytes, about.
    long cost();

    /// What a reader is told; empty if it is nothing that this audience may know.
    byte[] frame(Audience audience);
}
