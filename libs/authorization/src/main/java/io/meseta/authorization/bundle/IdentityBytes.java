package io.meseta.authorization.bundle;

import io.meseta.authorization.SubjectKind;
import io.meseta.model.Opaque;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The part of a bundle's bytes that says how callers are known; in the manner of [BundleBytes].
final class IdentityBytes {

    private IdentityBytes() {}

    static void write(DataOutputStream out, Identities identities) throws IOException {
        BundleBytes.write(out, identities.issuer());
        writeKeys(out, identities.tokenKeys());
        writeKeys(out, identities.bundleKeys());
        out.writeInt(identities.verifiers().size());
        for (var each : identities.verifiers().entrySet()) {
            BundleBytes.write(out, each.getKey());
            BundleBytes.write(out, each.getValue().kind().text());
            out.writeInt(each.getValue().hashes().size());
            for (var hash : each.getValue().hashes()) BundleBytes.write(out, hash);
        }
        writeTimes(out, identities.revokedTokens());
        writeTimes(out, identities.notBefore());
    }

    private static void writeKeys(DataOutputStream out, Map<String, Opaque> keys)
            throws IOException {
        out.writeInt(keys.size());
        for (var key : keys.entrySet()) {
            BundleBytes.write(out, key.getKey());
            BundleBytes.write(out, key.getValue().asBytes());
        }
    }

    private static void writeTimes(DataOutputStream out, Map<String, Instant> times)
            throws IOException {
        out.writeInt(times.size());
        for (var time : times.entrySet()) {
            BundleBytes.write(out, time.getKey());
            out.writeLong(time.getValue().getEpochSecond());
        }
    }

    static Identities read(ByteBuffer in) throws CharacterCodingException {
        return new Identities(
                BundleBytes.text(in),
                readKeys(in),
                readKeys(in),
                readVerifiers(in),
                readTimes(in),
                readTimes(in));
    }

    private static SortedMap<String, Opaque> readKeys(ByteBuffer in)
            throws CharacterCodingException {
        var keys = new TreeMap<String, Opaque>();
        for (int left = in.getInt(); left > 0; left--) {
            var id = BundleBytes.text(in);
            keys.put(id, Opaque.of(BundleBytes.bytes(in, in.getInt())));
        }
        return keys;
    }

    private static SortedMap<String, Verifier> readVerifiers(ByteBuffer in)
            throws CharacterCodingException {
        var verifiers = new TreeMap<String, Verifier>();
        for (int left = in.getInt(); left > 0; left--) {
            var principal = BundleBytes.text(in);
            var kind =
                    SubjectKind.of(BundleBytes.text(in)).orElseThrow(BufferUnderflowException::new);
            var hashes = new ArrayList<String>();
            for (int more = in.getInt(); more > 0; more--) hashes.add(BundleBytes.text(in));
            verifiers.put(principal, new Verifier(kind, hashes));
        }
        return verifiers;
    }

    private static SortedMap<String, Instant> readTimes(ByteBuffer in)
            throws CharacterCodingException {
        var times = new TreeMap<String, Instant>();
        for (int left = in.getInt(); left > 0; left--) {
            times.put(BundleBytes.text(in), Instant.ofEpochSecond(in.getLong()));
        }
        return times;
    }
}
