package io.meseta.authorization.policy;

import io.meseta.authorization.Attribute;
import io.meseta.authorization.Target;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Which targets a rule is about: each attribute that it names must be there and fit one of the
/// patterns.
public record What(Map<Attribute, List<NamePattern>> attributes) {

    public static final What ANYTHING = new What(Map.of());

    public What {
        var copy = new EnumMap<Attribute, List<NamePattern>>(Attribute.class);
        attributes.forEach((attribute, patterns) -> {
            if (patterns.isEmpty()) throw new IllegalArgumentException(attribute + " is empty");
            copy.put(attribute, List.copyOf(patterns));
        });
        attributes = Collections.unmodifiableMap(copy);
    }

    public static What of(Attribute attribute, NamePattern... patterns) {
        return new What(Map.of(attribute, List.of(patterns)));
    }

    public boolean includes(Target target) {
        for (var each : attributes.entrySet()) {
            var value = target.valueOrNull(each.getKey());
            if (value == null || !isMatched(each.getValue(), value)) return false;
        }
        return true;
    }

    static boolean isMatched(List<NamePattern> patterns, String value) {
        for (var pattern : patterns) {
            if (pattern.matches(value)) return true;
        }
        return false;
    }
}
