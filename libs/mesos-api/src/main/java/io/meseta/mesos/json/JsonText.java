package io.meseta.mesos.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Growing JSON text in UTF-8.
///
/// Numbers look as Mesos prints them: a floating one always has a point or an exponent, in the
/// fewest digits that read back to the same value.
final class JsonText {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LONG_MIN =
            Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    /// From here on a double may skip whole numbers, and exponents come into sight.
    private static final double PLAIN_MAX = 1e15;

    /// Largest and smallest decimal exponent that is printed without `e`.
    private static final int PLAIN_EXPONENT_MAX = 20;

    private static final int PLAIN_EXPONENT_MIN = -6;

    private byte[] text;
    private int size;

    JsonText(int expected) {
        text = new byte[Math.max(16, expected)];
    }

    byte[] toBytes() {
        return Arrays.copyOf(text, size);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(text, 0, size);
    }

    int size() {
        return size;
    }

    /// Forgets everything from `mark` on.
    void cut(int mark) {
        size = mark;
    }

    void raw(char sign) {
        room(1);
        text[size++] = (byte) sign;
    }

    void raw(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, text, size, bytes.length);
        size += bytes.length;
    }

    void ascii(String words) {
        int length = words.length();
        room(length);
        for (int i = 0; i < length; i++) text[size++] = (byte) words.charAt(i);
    }

    /// A quoted string from UTF-8; bytes that are not UTF-8 become U+FFFD.
    void string(byte[] utf8, int from, int length) {
        room(length + 2);
        text[size++] = '"';
        int end = from + length;
        for (int i = from; i < end; i++) {
            byte next = utf8[i];
            if (next < 0) {
                var rest = new String(utf8, i, end - i, StandardCharsets.UTF_8);
                escaped(rest.getBytes(StandardCharsets.UTF_8));
                break;
            }
            if (next < 0x20 || next == '"' || next == '\\') {
                // The room for the rest is kept: an escape takes up to five bytes more.
                room(end - i + 6);
                escape(next);
            } else {
                text[size++] = next;
            }
        }
        raw('"');
    }

    void base64(byte[] bytes) {
        raw('"');
        raw(Base64.getEncoder().encode(bytes));
        raw('"');
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            raw(LONG_MIN);
            return;
        }
        room(20);
        long rest = value;
        if (rest < 0) {
            text[size++] = '-';
            rest = -rest;
        }
        int digits = 1;
        for (long power = rest; power >= 10; power /= 10) digits++;
        for (int at = size + digits - 1; at >= size; at--) {
            text[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    void unsigned(long value) {
        if (value >= 0) number(value);
        else ascii(Long.toUnsignedString(value));
    }

    /// Infinities are texts, the only form that Mesos reads; so is not-a-number, which it refuses.
    void number(double value) {
        long whole = (long) value;
        if (value == whole && Math.abs(value) < PLAIN_MAX && (whole != 0 || 1 / value > 0)) {
            number(whole);
            room(2);
            text[size++] = '.';
            text[size++] = '0';
        } else if (Double.isFinite(value)) {
            finite(Double.toString(value));
        } else {
            raw('"');
            ascii(Double.toString(value));
            raw('"');
        }
    }

    /// Java's shortest digits, laid out with Mesos' idea of when to use an exponent.
    private void finite(String java) {
        int e = java.indexOf('E');
        if (e < 0) {
            ascii(java);
            return;
        }
        int point = java.indexOf('.');
        int start = java.charAt(0) == '-' ? 1 : 0;
        var digits = new StringBuilder(java.substring(start, point)).append(java, point + 1, e);
        if (digits.length() > 1 && digits.charAt(digits.length() - 1) == '0') {
            digits.setLength(digits.length() - 1);
        }
        int exponent = Integer.parseInt(java.substring(e + 1));
        if (start == 1) raw('-');
        if (exponent > PLAIN_EXPONENT_MAX || exponent < PLAIN_EXPONENT_MIN) {
            ascii(digits.substring(0, 1));
            if (digits.length() > 1) ascii("." + digits.substring(1));
            ascii("e" + exponent);
        } else if (exponent < 0) {
            ascii("0." + "0".repeat(-exponent - 1) + digits);
        } else {
            int missing = exponent + 1 - digits.length();
            if (missing > 0) digits.repeat('0', missing);
            ascii(digits.substring(0, exponent + 1));
            ascii(".");
            ascii(digits.length() > exponent + 1 ? digits.substring(exponent + 1) : "0");
        }
    }

    private void escaped(byte[] utf8) {
        room(6 * utf8.length + 1);
        for (byte next : utf8) {
            if (next >= 0 && (next < 0x20 || next == '"' || next == '\\')) escape(next);
            else text[size++] = next;
        }
    }

    private void escape(byte sign) {
        text[size++] = '\\';
        switch (sign) {
            case '"', '\\' -> text[size++] = sign;
            case '\b' -> text[size++] = 'b';
            case '\f' -> text[size++] = 'f';
            case '\n' -> text[size++] = 'n';
            case '\r' -> text[size++] = 'r';
            case '\t' -> text[size++] = 't';
            default -> {
                text[size++] = 'u';
                text[size++] = '0';
                text[size++] = '0';
                text[size++] = HEX[sign >> 4];
                text[size++] = HEX[sign & 15];
            }
        }
    }

    private void room(int more) {
        // Math.addExact: a text of more than 2 GiB stops here rather than in a wrong index.
        int needed = Math.addExact(size, more);
        if (needed <= text.length) return;
        int doubled = text.length < Integer.MAX_VALUE / 2 ? 2 * text.length : Integer.MAX_VALUE - 8;
        text = Arrays.copyOf(text, Math.max(needed, doubled));
    }
}
