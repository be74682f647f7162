package io.meseta.authorization.bundle;

import io.meseta.authorization.Groups;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A bundle as bytes, in one way only: numbers of fixed width, texts with their length before them,
/// maps in the order of their keys. What could be written otherwise is not read.
final class BundleBytes {

    static final int BYTES_MAX = 64 << 20;

    private static final byte[] MAGIC = "meseta-bundle-1\n".getBytes(StandardCharsets.US_ASCII);

    private BundleBytes() {}

    static byte[] write(Bundle bundle) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(MAGIC);
            out.writeLong(bundle.version());
            out.writeLong(bundle.issued().getEpochSecond());
            out.writeLong(bundle.expires().getEpochSecond());
            out.writeInt(bundle.policies().size());
            for (var policy : bundle.policies().entrySet()) {
                write(out, policy.getKey());
                write(out, policy.getValue());
            }
            out.writeInt(bundle.groups().members().size());
            for (var group : bundle.groups().members().entrySet()) {
                write(out, group.getKey());
                out.writeInt(group.getValue().size());
                for (var member : group.getValue()) write(out, member);
            }
            IdentityBytes.write(out, bundle.identities());
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory refused bytes", impossible);
        }
        if (bytes.size() > BYTES_MAX) {
            throw new IllegalArgumentException("A bundle has at most " + BYTES_MAX + " bytes");
        }
        return bytes.toByteArray();
    }

    static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /// The bundle that these bytes are; empty if they are not exactly what [#write] would give.
    static Optional<Bundle> read(byte[] bytes) {
        if (bytes.length > BYTES_MAX) return Optional.empty();
        try {
            var bundle = read(ByteBuffer.wrap(bytes));
            return Arrays.equals(write(bundle), bytes) ? Optional.of(bundle) : Optional.empty();
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | DateTimeException
                | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static Bundle read(ByteBuffer in) throws CharacterCodingException {
        if (!Arrays.equals(bytes(in, MAGIC.length), MAGIC)) {
            throw new IllegalArgumentException("not a bundle");
        }
        long version = in.getLong();
        var issued = Instant.ofEpochSecond(in.getLong());
        var expires = Instant.ofEpochSecond(in.getLong());
        var policies = new TreeMap<String, String>();
        for (int left = in.getInt(); left > 0; left--) policies.put(text(in), text(in));
        var groups = new TreeMap<String, TreeSet<String>>();
        for (int left = in.getInt(); left > 0; left--) {
            var members = new TreeSet<String>();
            groups.put(text(in), members);
            for (int names = in.getInt(); names > 0; names--) members.add(text(in));
        }
        var identities = IdentityBytes.read(in);
        return new Bundle(version, issued, expires, policies, Groups.of(groups), identities);
    }

    static String text(ByteBuffer in) throws CharacterCodingException {
        var bytes = bytes(in, in.getInt());
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /// Never takes memory for more bytes than are there.
    static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) throw new BufferUnderflowException();
        var bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
