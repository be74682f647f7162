package io.meseta.agent.fetch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a file must add up to, as the end of its URI says: `#sha256=…` or `#sha512=…`, in hex.
///
/// The API has no place of its own for it, and a fragment is what no server ever sees.
///
/// @param algorithm as Java calls it
record Checksum(String algorithm, String hex) {

    private static final Pattern END =
            Pattern.compile(
                    "#(sha256=[0-9a-f]{64}|sha512=[0-9a-f]{128})", Pattern.CASE_INSENSITIVE);

    private static final Pattern ALMOST =
            Pattern.compile("#sha\\d+=[^#/]*", Pattern.CASE_INSENSITIVE);

    /// The checksum at the end of a URI.
    ///
    /// @throws FetchFailure for something that looks like one and is none
    static Optional<Checksum> of(String uri) {
        int hash = uri.lastIndexOf('#');
        if (hash < 0) return Optional.empty();
        var end = uri.substring(hash);
        if (!END.matcher(end).matches()) {
            if (ALMOST.matcher(end).matches())
                throw new FetchFailure("'" + end + "' is no checksum that can be told");
            return Optional.empty();
        }
        int equals = end.indexOf('=');
        var algorithm = "SHA-" + end.substring("#sha".length(), equals);
        return Optional.of(
                new Checksum(algorithm, end.substring(equals + 1).toLowerCase(Locale.ROOT)));
    }

    /// The URI without its checksum.
    static String without(String uri) {
        return of(uri).isPresent() ? uri.substring(0, uri.lastIndexOf('#')) : uri;
    }

    Counted over(OutputStream out) {
        return new Counted(out, this);
    }

    /// A stream that adds up what passes.
    static final class Counted extends FilterOutputStream {
        private final MessageDigest digest;
        private final Checksum wanted;

        private Counted(OutputStream out, Checksum wanted) {
            super(out);
            this.wanted = wanted;
            try {
                this.digest = MessageDigest.getInstance(wanted.algorithm());
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("every Java has " + wanted.algorithm(), missing);
            }
        }

        @Override
        public void write(int one) throws IOException {
            digest.update((byte) one);
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }

        /// Fails unless all that has passed adds up.
        void check() {
            var found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(wanted.hex()))
                throw new FetchFailure(
                        "its %s is %s, not %s".formatted(wanted.algorithm(), found, wanted.hex()));
        }
    }
}
