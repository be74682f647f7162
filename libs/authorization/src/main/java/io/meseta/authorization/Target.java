package io.meseta.authorization;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The thing that an action is done to. An attribute that it has not is matched by no rule that
/// asks for it.
public record Target(TargetKind kind, Map<Attribute, String> attributes) {

    public Target {
        var copy = new EnumMap<Attribute, String>(Attribute.class);
        copy.putAll(attributes);
        attributes = Collections.unmodifiableMap(copy);
    }

    public static Target of(TargetKind kind) {
        return new Target(kind, Map.of());
    }

    public static Target of(TargetKind kind, Attribute attribute, String value) {
        return new Target(kind, Map.of(attribute, value));
    }

    public static Target role(String name) {
        return of(TargetKind.ROLES, Attribute.ROLE, name);
    }

    public static Target service(String name) {
        return of(TargetKind.SERVICES, Attribute.SERVICE, name);
    }

    /// The same target, of which one thing more is known.
    public Target and(Attribute attribute, String value) {
        var more = new EnumMap<Attribute, String>(Attribute.class);
        more.putAll(attributes);
        more.put(attribute, value);
        return new Target(kind, more);
    }

    public Optional<String> value(Attribute attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /// As [#value], without an `Optional` for each look: decisions ask it often.
    public @Nullable String valueOrNull(Attribute attribute) {
        return attributes.get(attribute);
    }

    /// How a reason speaks of the target.
    public String describe() {
        if (attributes.isEmpty()) return kind.text();
        return attributes.entrySet().stream()
                .map(each -> each.getKey().text() + " '" + each.getValue() + "'")
                .collect(Collectors.joining(", "));
    }
}
