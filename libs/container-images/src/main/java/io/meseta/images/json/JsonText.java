package io.meseta.images.json;

import java.util.stream.Collectors;

/// Writes a tree as text: without spaces, in the order of the tree.
public final class JsonText {

    private JsonText() {}

    public static String of(Json json) {
        return switch (json) {
            case Json.Text(var value) -> quoted(value);
            case Json.Numeral(var digits) -> digits;
            case Json.Truth(var value) -> String.valueOf(value);
            case Json.Nothing() -> "null";
            case Json.Items(var values) ->
                    values.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
            case Json.Members(var values) ->
                    values.entrySet().stream()
                            .map(each -> quoted(each.getKey()) + ":" + of(each.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                quoted.append('\\').append(each);
            } else if (each < ' ' || Character.isSurrogate(each)) {
                quoted.append("\\u%04x".formatted((int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }
}
