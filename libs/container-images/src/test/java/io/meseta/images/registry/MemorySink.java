package io.meseta.images.registry;

import io.meseta.images.manifest.Descriptor;
import java.io.ByteArrayOutputStream;

/// Holds a blob in memory.
final class MemorySink implements BlobSink {

    private final Descriptor wanted;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    MemorySink(Descriptor wanted) {
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
