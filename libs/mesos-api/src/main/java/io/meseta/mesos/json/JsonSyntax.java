package io.meseta.mesos.json;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;

/// Says what is wrong with a text that is not JSON, in the words of Mesos: the line, and the rest
/// of that line from the fault on.
///
/// It runs only when a body has already been refused, so it need not be fast. It does not recurse,
/// and keeps one bit per level of nesting.
final class JsonSyntax {

    /// How much of the body an answer repeats at most.
    static final int QUOTED_BYTES_MAX = 200;

    private final byte[] json;

    /// The open brackets, outermost first; a set bit is an object.
    private final BitSet open = new BitSet();

    private int depth;
    private int at;

    private JsonSyntax(byte[] json) {
        this.json = json;
    }

    /// Empty if there is nothing to complain of.
    static Optional<String> complaint(byte[] json) {
        var syntax = new JsonSyntax(json);
        if (!syntax.document()) return Optional.of(near(json, syntax.at));
        int end = syntax.at;
        syntax.skipSpace();
        if (syntax.at == json.length) return Optional.empty();
        return Optional.of(
                "Parsed JSON included non-whitespace trailing characters: "
                        + quoted(json, end, json.length));
    }

    /// The complaint about a fault at a place that somebody else has found.
    static String near(byte[] json, int from) {
        int line = 1;
        for (int i = 0; i < from; i++) if (json[i] == '\n') line++;
        int end = from;
        while (end < json.length && json[end] != '\n') end++;
        return "syntax error at line " + line + " near: " + quoted(json, from, end);
    }

    private static String quoted(byte[] json, int from, int to) {
        int length = Math.min(to - from, QUOTED_BYTES_MAX);
        return new String(json, from, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "");
    }

    private boolean document() {
        while (true) {
            skipSpace();
            if (opens('{')) {
                if (!closes('}')) {
                    open.set(depth++);
                    if (!name()) return false;
                    continue;
                }
            } else if (opens('[')) {
                if (!closes(']')) {
                    open.clear(depth++);
                    continue;
                }
            } else if (!scalar()) {
                return false;
            }
            while (depth > 0 && closes(open.get(depth - 1) ? '}' : ']')) depth--;
            if (depth == 0) return true;
            if (!opens(',')) return false;
            skipSpace();
            if (open.get(depth - 1) && !name()) return false;
        }
    }

    private boolean opens(char sign) {
        if (peek() != sign) return false;
        at++;
        return true;
    }

    private boolean closes(char sign) {
        skipSpace();
        return opens(sign);
    }

    private boolean name() {
        skipSpace();
        if (!opens('"') || !string()) return false;
        skipSpace();
        return opens(':');
    }

    private boolean scalar() {
        return switch (peek()) {
            case '"' -> {
                at++;
                yield string();
            }
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> false;
        };
    }

    private boolean word(String word) {
        for (int i = 0; i < word.length(); i++) if (!opens(word.charAt(i))) return false;
        return true;
    }

    /// The whole run of signs that numbers are made of is taken, then judged.
    private boolean number() {
        int start = at;
        while (at < json.length && "+-.0123456789eE".indexOf(json[at]) >= 0) at++;
        return isNumber(new String(json, start, at - start, StandardCharsets.US_ASCII));
    }

    private static boolean isNumber(String text) {
        int i = text.startsWith("-") ? 1 : 0;
        int whole = digits(text, i);
        if (whole == i || (text.charAt(i) == '0' && whole > i + 1)) return false;
        i = whole;
        if (i < text.length() && text.charAt(i) == '.') {
            int fraction = digits(text, i + 1);
            if (fraction == i + 1) return false;
            i = fraction;
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) i++;
            int exponent = digits(text, i);
            if (exponent == i) return false;
            i = exponent;
        }
        return i == text.length();
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') i++;
        return i;
    }

    /// After the opening quote.
    private boolean string() {
        while (at < json.length) {
            byte next = json[at];
            if (next >= 0 && next < 0x20) return false;
            at++;
            if (next == '"') return true;
            if (next == '\\' && !escape()) return false;
        }
        return false;
    }

    private boolean escape() {
        if (at == json.length) return false;
        char sign = (char) json[at++];
        if (sign != 'u') return "\"\\/bfnrt".indexOf(sign) >= 0;
        int unit = unit();
        if (unit < 0
                || (unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE))
            return false;
        if (unit < Character.MIN_HIGH_SURROGATE || unit > Character.MAX_HIGH_SURROGATE) return true;
        if (!opens('\\') || !opens('u')) return false;
        int second = unit();
        return second >= Character.MIN_LOW_SURROGATE && second <= Character.MAX_LOW_SURROGATE;
    }

    /// The number that four hexadecimal digits say; -1 if they are none.
    private int unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) return -1;
            unit = (unit << 4) | digit;
            at++;
        }
        return unit;
    }

    private void skipSpace() {
        while (at < json.length && " \t\r\n".indexOf(json[at]) >= 0) at++;
    }

    /// The next sign, or 0xffff at the end.
    private char peek() {
        return at < json.length ? (char) (json[at] & 0xff) : '\uffff';
    }
}
