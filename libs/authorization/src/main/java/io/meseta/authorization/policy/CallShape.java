package io.meseta.authorization.policy;

import io.meseta.authorization.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which calls to a service a rule is about. What is left empty asks for nothing.
///
/// @param headers patterns by name in lower case
public record CallShape(
        SortedSet<String> methods,
        List<PathTemplate> paths,
        SortedMap<String, List<NamePattern>> headers) {

    public static final CallShape ANY = new CallShape(new TreeSet<>(), List.of(), new TreeMap<>());

    public CallShape {
        methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
        paths = List.copyOf(paths);
        var copy = new TreeMap<String, List<NamePattern>>();
        headers.forEach(
                (name, patterns) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(patterns)));
        headers = Collections.unmodifiableSortedMap(copy);
    }

    public boolean isAny() {
        return methods.isEmpty() && paths.isEmpty() && headers.isEmpty();
    }

    public boolean hasMethod(Call call) {
        return methods.isEmpty() || methods.contains(call.method());
    }

    /// The templates that a clear path fits.
    public List<PathTemplate> matching(List<String> path) {
        var found = new ArrayList<PathTemplate>();
        for (var template : paths) {
            if (template.matches(path)) found.add(template);
        }
        return found;
    }

    public boolean hasPath(List<String> path) {
        if (paths.isEmpty()) return true;
        for (var template : paths) {
            if (template.matches(path)) return true;
        }
        return false;
    }

    /// Whether the headers fit. A header may come several times, and servers differ in which they
    /// take: to allow, all values must fit; to deny, one is enough.
    public boolean hasHeaders(Call call, Effect effect) {
        for (var each : headers.entrySet()) {
            var values = call.headers().getOrDefault(each.getKey(), List.of());
            if (values.isEmpty() || !fits(values, each.getValue(), effect)) return false;
        }
        return true;
    }

    private static boolean fits(List<String> values, List<NamePattern> patterns, Effect effect) {
        return switch (effect) {
            case ALLOW -> values.stream().allMatch(value -> What.isMatched(patterns, value));
            case DENY -> values.stream().anyMatch(value -> What.isMatched(patterns, value));
        };
    }
}
