package io.meseta.client.json;

import io.meseta.client.json.Json.JsonArray;
import io.meseta.client.json.Json.JsonBool;
import io.meseta.client.json.Json.JsonNull;
import io.meseta.client.json.Json.JsonNumber;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.Json.JsonText;

/// Prints a JSON value for people: one member a line. Use once.
final class JsonPrinter {

    private final StringBuilder out;
    private int indent;

    JsonPrinter(StringBuilder out) {
        this.out = out;
    }

    void print(Json json) {
        switch (json) {
            case JsonObject object -> object(object);
            case JsonArray array -> array(array);
            case JsonText(var value) -> quoted(value);
            case JsonNumber(var value) -> out.append(value);
            case JsonBool(var value) -> out.append(value);
            case JsonNull _ -> out.append("null");
        }
    }

    private void object(JsonObject object) {
        out.append('{');
        indent++;
        boolean first = true;
        for (var member : object.members().entrySet()) {
            lineStart(first);
            first = false;
            quoted(member.getKey());
            out.append(": ");
            print(member.getValue());
        }
        close(first, '}');
    }

    private void array(JsonArray array) {
        out.append('[');
        indent++;
        boolean first = true;
        for (var item : array.items()) {
            lineStart(first);
            first = false;
            print(item);
        }
        close(first, ']');
    }

    private void lineStart(boolean first) {
        out.append(first ? "\n" : ",\n").append("  ".repeat(indent));
    }

    private void close(boolean empty, char bracket) {
        indent--;
        if (!empty) {
            out.append('\n').append("  ".repeat(indent));
        }
        out.append(bracket);
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            switch (next) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (next < ' ') {
                        out.append("\\u%04x".formatted((int) next));
                    } else {
                        out.append(next);
                    }
                }
            }
        }
        out.append('"');
    }
}
