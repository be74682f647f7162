package io.meseta.images;

import io.meseta.testkit.fuzz.Choices;

/// Makes JSON of choices: well formed, and of whatever shape.
public final class JsonGrowth {

    private static final int MEMBERS_MAX = 6;

    private JsonGrowth() {}

    /// An object, whose names and texts are the words of the choices.
    ///
    /// @param depth of objects and arrays in it
    public static String object(Choices choices, int depth) {
        var text = new StringBuilder("{");
        for (int i = choices.below(MEMBERS_MAX); i >= 0 && !choices.isOver(); i--) {
            if (text.length() > 1) text.append(',');
            text.append(quoted(choices.text())).append(':').append(value(choices, depth));
        }
        return text.append('}').toString();
    }

    private static String value(Choices choices, int depth) {
        return switch (choices.below(depth > 0 ? 7 : 4)) {
            case 0 -> quoted(choices.text());
            case 1 -> String.valueOf(choices.whole());
            case 2 -> choices.coin() ? "null" : "true";
            case 3 -> choices.coin() ? "1e400" : "0.5";
            case 4 -> items(choices, depth - 1);
            default -> object(choices, depth - 1);
        };
    }

    private static String items(Choices choices, int depth) {
        var text = new StringBuilder("[");
        for (int i = choices.below(4); i > 0 && !choices.isOver(); i--) {
            if (text.length() > 1) text.append(',');
            text.append(value(choices, depth));
        }
        return text.append(']').toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            var isPlain = each >= ' ' && each < 0x7f && each != '"' && each != '\\';
            quoted.append(isPlain ? String.valueOf(each) : "\\u%04x".formatted((int) each));
        }
        return quoted.append('"').toString();
    }
}
