package io.meseta.platform.bodies;

/// How the reading of a body went.
public sealed interface BodyRead {

    /// All of it, inflated if it came compressed.
    final class Whole implements BodyRead {

        private final byte[] bytes;

        Whole(byte[] bytes) {
            this.bytes = bytes;
        }

        /// Not copied: whoever reads a body owns it.
        public byte[] bytes() {
            return bytes;
        }
    }

    /// More than `bytesMax` bytes, as sent or inflated: 413.
    record TooLarge(long bytesMax) implements BodyRead {}

    /// A coding we do not take off: 415.
    record UnknownEncoding(String encoding) implements BodyRead {}

    /// Broken off, malformed or too slow: 400. `why` is fit for the caller's eyes.
    record Broken(String why) implements BodyRead {}
}
