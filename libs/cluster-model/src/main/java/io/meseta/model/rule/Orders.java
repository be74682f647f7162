package io.meseta.model.rule;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How values that may be absent, and lists, are put in order.
public final class Orders {

    private Orders() {}

    /// What is absent comes first.
    public static <T> Comparator<Optional<T>> optional(Comparator<? super T> order) {
        return (left, right) -> {
            if (left.isEmpty() || right.isEmpty()) {
                return Boolean.compare(left.isPresent(), right.isPresent());
            }
            return order.compare(left.get(), right.get());
        };
    }

    /// As words in a dictionary: the first difference decides, else the shorter comes first.
    public static <T extends Comparable<? super T>> int lexical(List<T> left, List<T> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) return order;
        }
        return Integer.compare(left.size(), right.size());
    }
}
