package io.meseta.runtime.plan;

import java.util.List;
import java.util.regex.Matcher;

/// What the plan's values have in common when they check what they are given.
final class Checks {

    private static final int SHOWN_MAX = 80;

    private Checks() {}

    /// A stranger's text in a message: short, and without control characters.
    static String shown(String text) {
        var start = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        return '"' + start.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /// Absolute, and without a step up, which a runtime would resolve differently from us.
    static void inContainer(String path, String what) {
        var isPlain =
                path.startsWith("/")
                        && path.indexOf('\0') < 0
                        && !List.of(path.split("/", -1)).contains("..");
        require(isPlain, "%s is no absolute path in a container: %s", what, shown(path));
    }

    static void noNul(String text, String what) {
        require(text.indexOf('\0') < 0, "%s with a NUL: %s", what, shown(text));
    }

    static void notNegative(long amount, String what) {
        require(amount >= 0, "%s is negative: %s", what, amount);
    }

    /// @param message with a `%s` for each value; written only where it does not hold
    static void require(boolean holds, String message, Object... values) {
        if (holds) return;
        var text = message;
        for (var value : values) {
            text = text.replaceFirst("%s", Matcher.quoteReplacement(String.valueOf(value)));
        }
        throw new IllegalArgumentException(text);
    }
}
