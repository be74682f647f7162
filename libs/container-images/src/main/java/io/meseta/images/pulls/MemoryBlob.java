package io.meseta.images.pulls;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.registry.BlobSink;
import java.io.ByteArrayOutputStream;

/// A small blob on its way into memory; whoever asks for it has looked at its size.
final class MemoryBlob implements BlobSink {

    private final Descriptor wanted;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    MemoryBlob(Descriptor wanted) {
        this.wanted = wanted;
    }

    byte[] bytes() {
        return held.toByteArray();
    }

    @Override
    public long length() {
        return held.size();
    }

    @Override
    public void append(byte[] bytes, int offset, int length) {
        held.write(bytes, offset, length);
    }

    @Override
    public void restart() {
        held.reset();
    }

    @Override
    public boolean isWhatWasWanted() {
        return held.size() == wanted.size()
                && wanted.digest().algorithm().of(held.toByteArray()).equals(wanted.digest());
    }
}
