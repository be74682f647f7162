package io.meseta.images.registry;

import io.meseta.images.reference.Digest;

/// A manifest as the registry sent it, checked against its digest.
///
/// @param text exactly as sent: its digest is its name
/// @param mediaType what the registry said it is; empty if it did not
public record FetchedManifest(Text text, String mediaType, Digest digest) {

    /// Bytes that nobody changes.
    public static final class Text {
        private final byte[] bytes;

        Text(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] bytes() {
            return bytes.clone();
        }
    }
}
