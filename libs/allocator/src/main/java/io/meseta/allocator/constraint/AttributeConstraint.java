package io.meseta.allocator.constraint;

import java.util.Optional;

/// One thing that must be so of an agent.
public record AttributeConstraint(Selector selector, Condition condition) {

    /// What is looked at.
    public sealed interface Selector {

        record Hostname() implements Selector {}

        record Region() implements Selector {}

        record Zone() implements Selector {}

        record Named(String attribute) implements Selector {}
    }

    /// What must hold of it.
    ///
    /// Of what is not there the positive ones do not hold and the negative ones do; of what is
    /// there and is no text all that speak of texts hold.
    public sealed interface Condition {

        record Exists() implements Condition {}

        record NotExists() implements Condition {}

        record TextEquals(String text) implements Condition {}

        record TextNotEquals(String text) implements Condition {}

        record TextMatches(TextPattern pattern) implements Condition {}

        record TextNotMatches(TextPattern pattern) implements Condition {}
    }

    boolean admits(Place place) {
        return switch (selector) {
            case Selector.Hostname() -> holds(Optional.of(place.hostname()));
            case Selector.Region() -> holds(place.region());
            case Selector.Zone() -> holds(place.zone());
            case Selector.Named(var name) -> {
                var text = place.attributes().get(name);
                if (text == null) yield holds(Optional.empty());
                // What is there and is no text.
                if (text.isEmpty()) yield !(condition instanceof Condition.NotExists);
                yield holds(text);
            }
        };
    }

    private boolean holds(Optional<String> found) {
        return switch (condition) {
            case Condition.Exists() -> found.isPresent();
            case Condition.NotExists() -> found.isEmpty();
            case Condition.TextEquals(var text) -> found.filter(text::equals).isPresent();
            case Condition.TextNotEquals(var text) -> found.filter(text::equals).isEmpty();
            case Condition.TextMatches(var pattern) -> found.filter(pattern::matches).isPresent();
            case Condition.TextNotMatches(var pattern) -> found.filter(pattern::matches).isEmpty();
        };
    }
}
