package io.meseta.master.history;

import io.meseta.master.doors.PageLimit;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/// What a reader of the history wants to see.
///
/// @param after the last one of the page before
/// @param limit how many at most
record Asked(Filter filter, Span span, boolean isNewestFirst, Optional<Place> after, int limit) {

    private static final int TEXT_MAX = 1_000;

    /// Whoever names nothing wants all.
    ///
    /// @param agent of tasks; nothing else has one
    record Filter(
            Optional<String> framework,
            Optional<String> role,
            Optional<String> agent,
            Optional<String> state,
            Optional<String> name) {}

    /// What was there at some time of it: begun before its end, and not over before its beginning.
    record Span(Optional<Instant> from, Optional<Instant> until) {

        boolean has(Instant begun, Optional<Instant> ended) {
            return until.filter(end -> !begun.isBefore(end)).isEmpty()
                    && (ended.isEmpty()
                            || from.filter(start -> ended.get().isBefore(start)).isEmpty());
        }
    }

    /// What was asked cannot be understood.
    static final class Unclear extends Exception {

        private static final long serialVersionUID = 1L;

        Unclear(String message) {
            super(message);
        }
    }

    Comparator<Place> order() {
        return isNewestFirst ? Place.OLDEST_FIRST.reversed() : Place.OLDEST_FIRST;
    }

    boolean isAhead(Place place) {
        return after.filter(last -> order().compare(place, last) <= 0).isEmpty();
    }

    Asked after(Place place) {
        return new Asked(filter, span, isNewestFirst, Optional.of(place), limit);
    }

    /// From a query's parameters by their names.
    static Asked of(Map<String, String> said) throws Unclear {
        var filter =
                new Filter(
                        text(said, "framework"),
                        text(said, "role"),
                        text(said, "agent"),
                        text(said, "state"),
                        text(said, "name"));
        var span = new Span(time(said, "from"), time(said, "until"));
        var order = text(said, "order").orElse("newest");
        if (!order.equals("newest") && !order.equals("oldest"))
            throw new Unclear("'order' must be newest or oldest.");
        var after = text(said, "after");
        var place = after.flatMap(Place::of);
        if (after.isPresent() && place.isEmpty())
            throw new Unclear("'after' must be the `next` of a page.");
        return new Asked(filter, span, order.equals("newest"), place, limit(said));
    }

    private static int limit(Map<String, String> said) throws Unclear {
        return PageLimit.of(said.getOrDefault("limit", "100"))
                .orElseThrow(() -> new Unclear(PageLimit.PROBLEM));
    }

    private static Optional<String> text(Map<String, String> said, String name) throws Unclear {
        var text = said.getOrDefault(name, "");
        if (text.length() > TEXT_MAX || text.indexOf('\0') >= 0)
            throw new Unclear("'" + name + "' is too long, or no text.");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Instant> time(Map<String, String> said, String name) throws Unclear {
        var text = text(said, name);
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(Instant.parse(text.get()));
        } catch (DateTimeParseException _) {
            throw new Unclear("'" + name + "' must be a time like 2026-11-23T08:15:00Z.");
        }
    }
}
