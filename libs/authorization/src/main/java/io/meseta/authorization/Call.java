package io.meseta.authorization;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A request to a microservice, as far as policies may ask about it.
///
/// @param method in capitals, since some servers take `delete` for `DELETE`
/// @param headers names in lower case; those that policies name are enough
public record Call(String method, CallPath path, SortedMap<String, List<String>> headers) {

    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z_-]{0,31}");

    public Call {
        method = inCapitals(method);
        var copy = new TreeMap<String, List<String>>();
        headers.forEach((name, values) ->
                copy.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .addAll(values));
        copy.replaceAll((_, values) -> List.copyOf(values));
        headers = Collections.unmodifiableSortedMap(copy);
    }

    /// A call whose path is as it came over the wire, without the query.
    public static Call of(String method, String rawPath, Map<String, List<String>> headers) {
        return new Call(method, CallPath.of(rawPath), new TreeMap<>(headers));
    }

    public static Call of(String method, String rawPath) {
        return of(method, rawPath, Map.of());
    }

    /// Why nobody may make this call, if it could mean one thing to us and another to a server.
    public Optional<String> problem() {
        if (!METHOD.matcher(method).matches()) return Optional.of("its method is no HTTP method");
        return switch (path) {
            case CallPath.Clear _ -> Optional.empty();
            case CallPath.Unclear(var problem) -> Optional.of("its path is unclear: " + problem);
        };
    }

    /// ASCII only: other capitals could make an unknown method look like a known one.
    private static String inCapitals(String method) {
        return method.chars()
                .map(letter -> letter >= 'a' && letter <= 'z' ? letter - ('a' - 'A') : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Whether the method promises to change nothing.
    public boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }
}
