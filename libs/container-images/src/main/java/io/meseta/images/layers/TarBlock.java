package io.meseta.images.layers;

import io.meseta.images.reference.ImageFault;
import java.nio.charset.StandardCharsets;

/// The 512 bytes of a header, field by field.
final class TarBlock {

    static final int BYTES = 512;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_BYTES = 8;

    private final byte[] bytes;

    TarBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    byte byteAt(int index) {
        return bytes[index];
    }

    boolean isZero() {
        for (byte each : bytes) {
            if (each != 0) return false;
        }
        return true;
    }

    /// Old tools summed signed bytes, so both sums are taken.
    void check() {
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < BYTES; i++) {
            var isChecksum = i >= CHECKSUM_AT && i < CHECKSUM_AT + CHECKSUM_BYTES;
            byte each = isChecksum ? (byte) ' ' : bytes[i];
            unsigned += Byte.toUnsignedInt(each);
            signed += each;
        }
        long said = number(CHECKSUM_AT, CHECKSUM_BYTES);
        if (said != unsigned && said != signed) {
            throw ImageFault.malformed("no tar archive: a header's checksum is wrong");
        }
    }

    char type() {
        return (char) Byte.toUnsignedInt(bytes[156]);
    }

    /// POSIX's format splits long names in two; GNU's uses that place for other things.
    String name() {
        var isPosix = bytes[257] == 'u' && bytes[261] == 'r' && bytes[262] == 0;
        var prefix = isPosix ? text(345, 155) : "";
        return prefix.isEmpty() ? text(0, 100) : prefix + "/" + text(0, 100);
    }

    String text(int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) end++;
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /// Octal digits, or GNU's binary form for what they can't hold.
    long number(int from, int length) {
        return (bytes[from] & 0x80) == 0 ? octal(from, length) : binary(from, length);
    }

    private long octal(int from, int length) {
        var text = text(from, length).strip();
        if (text.isEmpty()) return 0;
        try {
            return Long.parseUnsignedLong(text, 8);
        } catch (NumberFormatException _) {
            throw ImageFault.malformed("no tar archive: a number in a header is none");
        }
    }

    private long binary(int from, int length) {
        var isNegative = (bytes[from] & 0x40) != 0;
        long value = isNegative ? -1 : 0;
        for (int i = from; i < from + length; i++) {
            int digit = Byte.toUnsignedInt(bytes[i]);
            if (i == from) digit = isNegative ? digit : digit & 0x3f;
            if (i < from + length - 8 && digit != (isNegative ? 0xff : 0)) {
                throw ImageFault.malformed("a number of more than 64 bits in a tar header");
            }
            value = (value << 8) | digit;
        }
        return value;
    }
}
