package io.meseta.model;

import io.meseta.model.rule.Orders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Free keys and values that tell resources apart. As on the wire a key may come twice and a value
/// may be missing; the order means nothing, so it is fixed.
public record Labels(List<Label> labels) implements Comparable<Labels> {

    public static final Labels NONE = new Labels(List.of());

    /// One key, perhaps with a value.
    public record Label(String key, Optional<String> value) implements Comparable<Label> {

        private static final Comparator<Label> ORDER =
                Comparator.comparing(Label::key)
                        .thenComparing(Label::value, Orders.optional(Comparator.naturalOrder()));

        @Override
        public int compareTo(Label other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return value.map(text -> key + ": " + text).orElse(key);
        }
    }

    public Labels {
        if (labels.size() > 1) {
            var sorted = new ArrayList<>(labels);
            sorted.sort(null);
            labels = sorted;
        }
        labels = List.copyOf(labels);
    }

    public static Labels of(String key, String value) {
        return new Labels(List.of(new Label(key, Optional.of(value))));
    }

    public boolean isEmpty() {
        return labels.isEmpty();
    }

    @Override
    public int compareTo(Labels other) {
        return Orders.lexical(labels, other.labels);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("{");
        for (var label : labels) {
            if (text.length() > 1) text.append(", ");
            text.append(label);
        }
        return text.append('}').toString();
    }
}
