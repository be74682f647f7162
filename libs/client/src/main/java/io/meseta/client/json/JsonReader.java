package io.meseta.client.json;

import io.meseta.client.json.Json.JsonArray;
import io.meseta.client.json.Json.JsonBool;
import io.meseta.client.json.Json.JsonNull;
import io.meseta.client.json.Json.JsonNumber;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.Json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/// Reads one JSON text. Use once.
final class JsonReader {

    /// Longer numbers are refused: parsing them takes time that grows with the square.
    private static final int NUMBER_LENGTH_MAX = 100;

    private final String text;
    private int at;

    JsonReader(String text) {
        this.text = text;
    }

    Json document() {
        var value = value(0);
        skipBlanks();
        if (at < text.length()) {
            throw trouble("something follows the value");
        }
        return value;
    }

    private Json value(int depth) {
        if (depth > Json.DEPTH_MAX) {
            throw trouble("nested deeper than " + Json.DEPTH_MAX);
        }
        skipBlanks();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new JsonText(string());
            case 't' -> literal("true", new JsonBool(true));
            case 'f' -> literal("false", new JsonBool(false));
            case 'n' -> literal("null", new JsonNull());
            default -> number();
        };
    }

    private Json object(int depth) {
        var members = new LinkedHashMap<String, Json>();
        at++;
        skipBlanks();
        if (took('}')) {
            return new JsonObject(members);
        }
        do {
            skipBlanks();
            if (peek() != '"') {
                throw trouble("expected the name of a member");
            }
            var name = string();
            skipBlanks();
            expect(':');
            members.put(name, value(depth + 1));
            skipBlanks();
        } while (took(','));
        expect('}');
        return new JsonObject(members);
    }

    private Json array(int depth) {
        var items = new ArrayList<Json>();
        at++;
        skipBlanks();
        if (took(']')) {
            return new JsonArray(items);
        }
        do {
            items.add(value(depth + 1));
            skipBlanks();
        } while (took(','));
        expect(']');
        return new JsonArray(items);
    }

    private String string() {
        var out = new StringBuilder();
        at++;
        while (true) {
            char next = peek();
            at++;
            if (next == '"') {
                return out.toString();
            }
            if (next < ' ') {
                throw trouble("control character in a text");
            }
            out.append(next == '\\' ? escaped() : next);
        }
    }

    private char escaped() {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw trouble("unknown escape");
        };
    }

    private char unit() {
        int value = 0;
        for (int digit = 0; digit < 4; digit++) {
            int hex = Character.digit(peek(), 16);
            if (hex < 0) {
                throw trouble("expected four hexadecimal digits");
            }
            value = value * 16 + hex;
            at++;
        }
        return (char) value;
    }

    private Json number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at - start > NUMBER_LENGTH_MAX) {
            throw trouble("number too long");
        }
        try {
            return new JsonNumber(new BigDecimal(text.substring(start, at)));
        } catch (NumberFormatException _) {
            throw trouble("expected a value");
        }
    }

    private Json literal(String word, Json meaning) {
        if (!text.startsWith(word, at)) {
            throw trouble("expected a value");
        }
        at += word.length();
        return meaning;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw trouble("the text ends too early");
        }
        return text.charAt(at);
    }

    private boolean took(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!took(wanted)) {
            throw trouble("expected '" + wanted + "'");
        }
    }

    private MalformedJson trouble(String problem) {
        return new MalformedJson(problem, at);
    }
}
