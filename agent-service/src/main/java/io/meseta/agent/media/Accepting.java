package io.meseta.agent.media;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an `Accept` header allows, by media ranges.
public record Accepting(List<String> headers) {

    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern SEMICOLON = Pattern.compile(";");

    /// The first of `types`, in the server's order, that is allowed. No header allows all.
    public Optional<String> choose(List<String> types) {
        if (headers.isEmpty()) return types.stream().findFirst();
        return types.stream().filter(this::allows).findFirst();
    }

    private boolean allows(String type) {
        return headers.stream()
                .flatMap(COMMA::splitAsStream)
                .map(range -> range.strip().toLowerCase(Locale.ROOT))
                .anyMatch(range -> allows(range, type));
    }

    private static boolean allows(String range, String type) {
        var parts = SEMICOLON.split(range, -1);
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.startsWith("q=") && isZero(parameter.substring(2))) return false;
        }
        var media = parts[0].strip();
        return media.equals("*/*") || media.equals("application/*") || media.equals(type);
    }

    private static boolean isZero(String quality) {
        try {
            return Double.parseDouble(quality) == 0;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
