package io.meseta.testkit.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Bytes as a row of choices, so that a fuzzer, which knows bytes only, can make things that are
/// well formed and odd. Once the bytes are used up, every choice is the first one.
public final class Choices {

    private static final int ODD_TEXT_LENGTH = 300;

    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        1_000,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        0xffff_ffffL,
        1L << 53,
        1_000_000_000_000L,
        Long.MAX_VALUE / 1_000,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        9_223_372_036L
    };

    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        0.5,
        0.001,
        0.0001,
        0.0005,
        -1,
        1.5,
        64,
        1e9,
        1e12,
        1.1e12,
        1e18,
        1e300,
        9_223_372_036.854776,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private static final List<String> ODD =
            List.of(
                    "",
                    " ",
                    ".",
                    "..",
                    "/",
                    "//",
                    "a/b",
                    "*",
                    "-",
                    "-a",
                    "\u0000",
                    "\n",
                    "\u007f",
                    "\u00e9",
                    "\ud83d\ude00",
                    "\ud800",
                    "\udc00x",
                    "\ufffd",
                    "%2f",
                    "%",
                    "\\",
                    "\"",
                    "{}",
                    "[1-2]",
                    "127.0.0.1",
                    "::1",
                    "256.1.1.1",
                    "(",
                    "a{1000}{1000}",
                    "[a",
                    "x".repeat(ODD_TEXT_LENGTH));

    private final byte[] bytes;
    private final List<String> words;
    private int at;

    /// @param words the texts that mean something to whoever is fed; at least one
    public Choices(byte[] bytes, List<String> words) {
        if (words.isEmpty()) throw new IllegalArgumentException("no words");
        this.bytes = bytes.clone();
        this.words = List.copyOf(words);
    }

    public boolean isOver() {
        return at >= bytes.length;
    }

    /// 0 to `bound` - 1.
    public int below(int bound) {
        if (bound <= 1) return 0;
        int value = octet();
        if (bound > 1 << Byte.SIZE) value = (value << Byte.SIZE) | octet();
        if (bound > 1 << (2 * Byte.SIZE)) value = (value << Byte.SIZE) | octet();
        return value % bound;
    }

    public boolean coin() {
        return below(2) == 1;
    }

    public <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }

    /// A whole number, often one at an edge.
    public long whole() {
        return switch (below(4)) {
            case 0 -> below(10);
            case 1 -> EDGES[below(EDGES.length)];
            case 2 -> below(100_000) - 50_000L;
            default -> {
                long value = 0;
                for (int i = 0; i < Long.BYTES; i++) value = (value << Byte.SIZE) | octet();
                yield value;
            }
        };
    }

    /// A number, often one at an edge.
    public double number() {
        return switch (below(4)) {
            case 0 -> below(20);
            case 1 -> NUMBERS[below(NUMBERS.length)];
            case 2 -> below(1 << 16) / 1_000.0;
            default -> Double.longBitsToDouble(whole());
        };
    }

    /// A text: mostly one that means something, else something odd.
    public String text() {
        return switch (below(8)) {
            case 0, 1, 2, 3, 4 -> of(words);
            case 5 -> of(words) + of(ODD);
            case 6 -> of(ODD);
            default -> new String(octets(16), StandardCharsets.ISO_8859_1);
        };
    }

    public byte[] octets(int most) {
        int count = Math.min(below(most + 1), Math.max(0, bytes.length - at));
        var taken = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return taken;
    }

    /// All that is left.
    public byte[] rest() {
        var rest = Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
        at = bytes.length;
        return rest;
    }

    private int octet() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }
}
