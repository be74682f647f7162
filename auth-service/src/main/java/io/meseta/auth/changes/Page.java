package io.meseta.auth.changes;

import java.util.List;
import java.util.function.Function;

/// Some of many things in their order.
///
/// @param next where the next page begins; empty after the last
public record Page<T>(List<T> items, String next) {

    public static final int SIZE_MAX = 1_000;

    public Page {
        items = List.copyOf(items);
    }

    /// A page of at most `limit` of `found`, which holds one more than that if there are more.
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> place) {
        if (found.size() <= limit) return new Page<>(found, "");
        var shown = found.subList(0, limit);
        return new Page<>(shown, place.apply(shown.getLast()));
    }

    public <R> Page<R> map(Function<? super T, ? extends R> each) {
        return new Page<>(items.stream().<R>map(each).toList(), next);
    }
}
