package io.meseta.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Bytes that the core carries but does not read, such as a task's wire message.
///
/// Two are equal if their bytes are. Share it freely: nobody can change the bytes.
public final class Opaque {

    public static final Opaque EMPTY = new Opaque(new byte[0]);

    private final byte[] bytes;

    /// 0 until asked for. Two threads may both compute it; they find the same.
    private int hash;

    /// As for `hash`. A string, since an array might be seen before its contents are.
    private @Nullable String digest;

    private Opaque(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Copies the bytes.
    public static Opaque of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Opaque(bytes.clone());
    }

    /// Copies what the buffer has left; its position stays.
    public static Opaque of(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) return EMPTY;
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return new Opaque(bytes);
    }

    public int size() {
        return bytes.length;
    }

    /// A copy.
    public byte[] asBytes() {
        return bytes.clone();
    }

    /// The bytes without a copy.
    public ByteBuffer asReadOnly() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// The SHA-256 of the bytes in lower-case hexadecimal digits.
    public String digest() {
        var known = digest;
        if (known == null) {
            known = HexFormat.of().formatHex(sha256().digest(bytes));
            digest = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof Opaque that
                        && hashCode() == that.hashCode()
                        && Arrays.equals(bytes, that.bytes));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Arrays.hashCode(bytes);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Opaque[" + bytes.length + " bytes]";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new LinkageError("each Java platform has SHA-256", missing);
        }
    }
}
