package io.meseta.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Inputs that chance makes of seeds: bits turned, runs cut out, doubled and put in from elsewhere.
final class Mutations {

    private static final int BYTES_MAX = 8 * 1024;
    private static final int FRESH_BYTES_MAX = 400;
    private static final int RUN_MAX = 64;

    /// What parsers of texts stumble over.
    private static final List<String> TOKENS =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "\\",
                    ":",
                    ",",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "true",
                    "-1",
                    "0",
                    "1e400",
                    "1e-400",
                    "0.0001",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "18446744073709551616",
                    "99999999999999999999",
                    "NaN",
                    "..",
                    "/",
                    "//",
                    "%2f",
                    "%",
                    "*",
                    "\n",
                    "\0",
                    "\u00e9",
                    "\ud83d\ude00");

    private final List<byte[]> seeds;
    private final SplittableRandom random;

    Mutations(List<byte[]> seeds, SplittableRandom random) {
        this.seeds = seeds;
        this.random = random;
    }

    byte[] next() {
        boolean isFresh = seeds.isEmpty() || random.nextInt(8) == 0;
        var bytes = isFresh ? fresh() : seed().clone();
        int changes = 1 << random.nextInt(5);
        for (int i = 0; i < changes; i++) bytes = changed(bytes);
        return bytes.length <= BYTES_MAX ? bytes : Arrays.copyOf(bytes, BYTES_MAX);
    }

    private byte[] fresh() {
        var bytes = new byte[random.nextInt(FRESH_BYTES_MAX)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int run = Math.min(bytes.length - at, random.nextInt(RUN_MAX));
        return switch (random.nextInt(7)) {
            case 0 -> turned(bytes);
            case 1 -> replaced(bytes, at, run, new byte[0]);
            case 2 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + run));
            case 3 -> replaced(bytes, at, run, elsewhere());
            case 4 -> replaced(bytes, at, 0, elsewhere());
            case 5 -> replaced(bytes, at, random.nextBoolean() ? 0 : Math.min(1, run), token());
            default -> Arrays.copyOf(bytes, random.nextInt(4) == 0 ? at : bytes.length);
        };
    }

    private byte[] turned(byte[] bytes) {
        if (bytes.length == 0) return bytes;
        var turned = bytes.clone();
        int at = random.nextInt(bytes.length);
        turned[at] =
                random.nextBoolean()
                        ? (byte) (turned[at] ^ (1 << random.nextInt(Byte.SIZE)))
                        : (byte) random.nextInt(1 << Byte.SIZE);
        return turned;
    }

    private byte[] elsewhere() {
        var other = seeds.isEmpty() ? fresh() : seed();
        int from = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(
                other, from, from + Math.min(other.length - from, random.nextInt(RUN_MAX)));
    }

    private byte[] token() {
        return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] with) {
        var result = new byte[bytes.length - length + with.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(with, 0, result, at, with.length);
        System.arraycopy(bytes, at + length, result, at + with.length, bytes.length - at - length);
        return result;
    }
}
