package io.meseta.images.pulls;

/// How far a pull is. Layers that were here before count as done.
///
/// @param bytesTotal 0 while it is not known
public record PullProgress(
        Stage stage, long bytesDone, long bytesTotal, int layersDone, int layersTotal) {

    /// What a pull is at.
    public enum Stage {
        /// Finding out what the name means.
        RESOLVING,
        /// Fetching and unpacking layers.
        FETCHING,
        /// All is here.
        READY
    }

    /// Hears of progress, a few times a second, on any thread, one call at a time. Must be quick.
    @FunctionalInterface
    public interface Listener {
        void hear(PullProgress progress);

        /// Nobody.
        static Listener none() {
            return _ -> {};
        }
    }

    /// In words, for the message of a task's status.
    @Override
    public String toString() {
        return switch (stage) {
            case RESOLVING -> "looking up the image";
            case READY -> "the image is ready";
            case FETCHING ->
                    "fetching the image: %d of %d layers, %d of %d MiB"
                            .formatted(layersDone, layersTotal, bytesDone >> 20, bytesTotal >> 20);
        };
    }
}
