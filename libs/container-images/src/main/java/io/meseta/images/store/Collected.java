package io.meseta.images.store;

/// What a collection has removed.
///
/// @param bytes of content, as counted when it was unpacked
public record Collected(int images, int layers, long bytes) {

    static final Collected NOTHING = new Collected(0, 0, 0);

    Collected and(Collected more) {
        return new Collected(images + more.images, layers + more.layers, bytes + more.bytes);
    }
}
