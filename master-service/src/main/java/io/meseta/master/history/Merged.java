package io.meseta.master.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One page of what lives and what has ended, in one order.
///
/// What the caller may not see is passed over. So that nobody reads the whole history to find
/// nothing that is for their eyes, a page looks at a limited number of rows and may be short, or
/// empty, although there are more.
///
/// @param shown at most as many as were asked for
/// @param next where the next page begins; empty on the last one
record Merged<T>(List<T> shown, String next) {

    /// How many rows one page looks at.
    private static final int LOOKED_AT_MAX = 5_000;

    private static final int ROWS = 500;

    /// Something with its place.
    record Placed<T>(Place place, T value) {}

    /// Rows of the tables in the order that is asked for.
    interface Rows<R> {
        List<R> read(Asked asked, int rowsMax);
    }

    Merged {
        shown = List.copyOf(shown);
    }

    /// @param living all that fit, in any order
    /// @param place of a row
    /// @param sight what is to be shown of a row; empty if nothing
    static <T, R> Merged<T> of(
            Asked asked,
            List<Placed<T>> living,
            Rows<R> rows,
            Function<R, Place> place,
            Function<R, Optional<T>> sight) {
        var found = new ArrayList<>(living);
        Optional<Place> horizon = Optional.empty();
        int seen = 0;
        int ended = 0;
        var from = asked;
        // Ends: each turn goes on after the row that the one before has seen last.
        while (ended <= asked.limit()) {
            var some = rows.read(from, ROWS);
            for (var row : some) {
                var visible = sight.apply(row);
                if (visible.isEmpty()) continue;
                found.add(new Placed<>(place.apply(row), visible.get()));
                ended++;
            }
            seen += some.size();
            if (some.size() < ROWS) break;
            var last = place.apply(some.getLast());
            if (seen >= LOOKED_AT_MAX || ended > asked.limit()) {
                horizon = Optional.of(last);
                break;
            }
            from = from.after(last);
        }
        return cut(asked, found, horizon);
    }

    private static <T> Merged<T> cut(Asked asked, List<Placed<T>> found, Optional<Place> horizon) {
        var order = asked.order();
        var sorted =
                found.stream()
                        .filter(each ->
                                horizon.isEmpty() || order.compare(each.place, horizon.get()) <= 0)
                        .sorted((one, other) -> order.compare(one.place, other.place))
                        .limit(asked.limit() + 1L)
                        .toList();
        if (sorted.size() <= asked.limit())
            return new Merged<>(
                    sorted.stream().map(Placed::value).toList(),
                    horizon.map(Place::text).orElse(""));
        var page = sorted.subList(0, asked.limit());
        return new Merged<>(page.stream().map(Placed::value).toList(), page.getLast().place.text());
    }
}
