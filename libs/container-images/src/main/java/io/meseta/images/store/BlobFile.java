package io.meseta.images.store;

import io.meseta.images.manifest.Descriptor;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.registry.BlobSink;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// A download on the disk, digested as it grows. What an earlier process left of it is read and
/// digested first, and goes on. No channel: an interrupt would close it in the middle of a write.
public final class BlobFile implements BlobSink, AutoCloseable {

    private static final int CHUNK_BYTES = 128 << 10;

    private final Path path;
    private final Descriptor wanted;
    private final RandomAccessFile file;
    private MessageDigest digest;
    private long length;

    private BlobFile(Path path, Descriptor wanted, RandomAccessFile file) {
        this.path = path;
        this.wanted = wanted;
        this.file = file;
        this.digest = wanted.digest().algorithm().start();
    }

    static BlobFile open(Path path, Descriptor wanted) {
        try {
            var file = new RandomAccessFile(path.toFile(), "rw");
            var blob = new BlobFile(path, wanted, file);
            blob.takeUp();
            return blob;
        } catch (IOException failed) {
            throw ImageFault.storage("opening " + path, failed);
        }
    }

    private void takeUp() throws IOException {
        if (file.length() > wanted.size()) {
            restart();
            return;
        }
        var chunk = new byte[CHUNK_BYTES];
        for (int read = file.read(chunk); read >= 0; read = file.read(chunk)) {
            length += read;
            digest.update(chunk, 0, read);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void append(byte[] bytes, int offset, int count) {
        try {
            file.write(bytes, offset, count);
            digest.update(bytes, offset, count);
            length += count;
        } catch (IOException failed) {
            throw ImageFault.storage("writing " + path, failed);
        }
    }

    @Override
    public void restart() {
        try {
            file.setLength(0);
            file.seek(0);
            digest = wanted.digest().algorithm().start();
            length = 0;
        } catch (IOException failed) {
            throw ImageFault.storage("truncating " + path, failed);
        }
    }

    @Override
    public boolean isWhatWasWanted() {
        if (length != wanted.size()) return false;
        try {
            var soFar = (MessageDigest) digest.clone();
            return wanted.digest().algorithm().finish(soFar).equals(wanted.digest());
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError("the JDK's digests can be cloned", impossible);
        }
    }

    /// The content so far.
    public InputStream content() {
        try {
            return new BufferedInputStream(Files.newInputStream(path), CHUNK_BYTES);
        } catch (IOException failed) {
            throw ImageFault.storage("reading " + path, failed);
        }
    }

    /// Removes the download: it has been used, or is of no use.
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failed) {
            throw ImageFault.storage("deleting " + path, failed);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw ImageFault.storage("closing " + path, failed);
        }
    }
}
