package io.meseta.authorization;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.stream.Collectors;

/// How one segment of a path is written and read.
final class PathText {

    /// RFC 3986's characters of a segment, without `;`: many servers cut a segment off there.
    private static final String PLAIN_MARKS = "-._~!$&'()*+,=:@";

    private PathText() {}

    sealed interface Decoded {}

    record Good(String segment) implements Decoded {}

    record Bad(String problem) implements Decoded {}

    static Decoded decode(String raw) {
        if (raw.isEmpty()) return new Bad("it holds an empty segment");
        var bytes = new ByteArrayOutputStream(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char letter = raw.charAt(at);
            if (letter == '%') {
                int value = hex(raw, at + 1);
                if (value < 0) return new Bad("it holds a broken percent-encoding");
                bytes.write(value);
                at += 3;
            } else if (isPlain(letter)) {
                bytes.write(letter);
                at++;
            } else {
                return new Bad("it holds a character that must be percent-encoded");
            }
        }
        return text(bytes.toByteArray());
    }

    private static Decoded text(byte[] bytes) {
        String segment;
        try {
            // Strict: a lenient decoder would read an overlong slash.
            segment = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return new Bad("it is not UTF-8");
        }
        if (isDangerous(segment))
            return new Bad("it holds a segment that servers read differently");
        boolean isAscii = bytes.length == segment.length();
        // A server that folds compatible letters would turn a wide dot into a dot.
        if (!isAscii && isDangerous(Normalizer.normalize(segment, Normalizer.Form.NFKC))) {
            return new Bad("it holds a segment that servers read differently");
        }
        return new Good(segment);
    }

    private static boolean isDangerous(String segment) {
        boolean isDots = true;
        for (int i = 0; i < segment.length(); i++) {
            char letter = segment.charAt(i);
            if (Character.isISOControl(letter)) return true;
            if (letter == '/' || letter == '\\') return true;
            // What a second decoding would change.
            if (letter == '%' && hex(segment, i + 1) >= 0) return true;
            if (letter != '.' && letter != ' ') isDots = false;
        }
        return isDots;
    }

    private static boolean isPlain(char letter) {
        return (letter < 0x80 && Character.isLetterOrDigit(letter))
                || PLAIN_MARKS.indexOf(letter) >= 0;
    }

    /// The byte that two digits at `at` spell; negative if they do not.
    private static int hex(String text, int at) {
        if (at + 1 >= text.length()) return -1;
        int high = digit(text.charAt(at));
        int low = digit(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    /// ASCII only: `Character.digit` would take the digits of other scripts too.
    private static int digit(char letter) {
        return letter < 0x80 ? Character.digit(letter, 16) : -1;
    }

    static String encode(CallPath.Clear path) {
        if (path.segments().isEmpty()) return "/";
        var text =
                path.segments().stream()
                        .map(PathText::encode)
                        .collect(Collectors.joining("/", "/", ""));
        return path.endsWithSlash() ? text + "/" : text;
    }

    private static String encode(String segment) {
        var text = new StringBuilder(segment.length());
        for (byte each : segment.getBytes(StandardCharsets.UTF_8)) {
            if (each > 0 && isPlain((char) each)) text.append((char) each);
            else text.append('%').append("%02X".formatted(each & 0xff));
        }
        return text.toString();
    }
}
