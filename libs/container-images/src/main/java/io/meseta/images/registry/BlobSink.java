package io.meseta.images.registry;

/// Where a blob goes while it is downloaded. What it holds already is not asked for again.
///
/// Trouble with our own disk is an [io.meseta.images.reference.ImageFault] of kind `STORAGE`: it
/// ends the download, where trouble with the network does not.
public interface BlobSink {

    /// Bytes held so far.
    long length();

    void append(byte[] bytes, int offset, int length);

    /// Forgets all bytes.
    void restart();

    /// Whether what is held is what was wanted: its length and its digest.
    boolean isWhatWasWanted();
}
