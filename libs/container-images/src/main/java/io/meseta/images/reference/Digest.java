package io.meseta.images.reference;

import io.meseta.images.reference.ImageFault.Kind;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The digest of some bytes, `algorithm:hex`: the one name of content that cannot lie.
///
/// @param hex lower case, exactly as long as the algorithm makes it
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {

    private static final HexFormat HEX = HexFormat.of();

    /// The algorithms we trust; the set is closed on purpose.
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 64),
        SHA512("sha512", "SHA-512", 128);

        private final String word;
        private final String standardName;
        private final int hexLength;

        Algorithm(String word, String standardName, int hexLength) {
            this.word = word;
            this.standardName = standardName;
            this.hexLength = hexLength;
        }

        /// As it is written before the colon.
        public String word() {
            return word;
        }

        /// A fresh computation.
        public MessageDigest start() {
            try {
                return MessageDigest.getInstance(standardName);
            } catch (NoSuchAlgorithmException missing) {
                throw new AssertionError("every JDK has " + standardName, missing);
            }
        }

        /// The digest that `computation` has come to; it is used up.
        public Digest finish(MessageDigest computation) {
            return new Digest(this, HEX.formatHex(computation.digest()));
        }

        /// The digest of `content`.
        public Digest of(byte[] content) {
            var computation = start();
            computation.update(content);
            return finish(computation);
        }
    }

    public Digest {
        if (hex.length() != algorithm.hexLength || !isLowerHex(hex)) {
            throw new ImageFault(
                    Kind.INVALID,
                    "not a %s digest: %s".formatted(algorithm.word, ImageFault.quoted(hex)));
        }
    }

    /// Reads `algorithm:hex`; refuses algorithms that are not in [Algorithm].
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            for (var algorithm : Algorithm.values()) {
                if (text.substring(0, colon).equals(algorithm.word)) {
                    return new Digest(algorithm, text.substring(colon + 1));
                }
            }
        }
        throw new ImageFault(
                Kind.INVALID, "not a sha256 or sha512 digest: " + ImageFault.quoted(text));
    }

    private static boolean isLowerHex(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return algorithm.word + ":" + hex;
    }
}
