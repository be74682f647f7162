package io.meseta.images.store;

/// Layers that must not go away while this is open.
public interface Hold extends AutoCloseable {
    @Override
    void close();
}
