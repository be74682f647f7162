package io.meseta.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Whole numbers as inclusive ranges, such as ports. Always sorted, apart and not adjacent, so that
/// equal sets of numbers are equal values.
public record Ranges(List<Range> ranges) implements Amount {

    private static final Pattern RANGE =
            Pattern.compile("\\s*([0-9]{1,19})\\s*-\\s*([0-9]{1,19})\\s*");

    /// The numbers from `begin` to `end`, both included.
    ///
    /// The wire's numbers are unsigned; those above [Long#MAX_VALUE] arrive here as negative and
    /// are refused.
    public record Range(long begin, long end) implements Comparable<Range> {

        private static final Comparator<Range> ORDER =
                Comparator.comparingLong(Range::begin).thenComparingLong(Range::end);

        public Range {
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(
                        "[%s-%s] is not a range"
                                .formatted(
                                        Long.toUnsignedString(begin), Long.toUnsignedString(end)));
            }
        }

        @Override
        public int compareTo(Range other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return begin + "-" + end;
        }

        /// The holes are sorted and apart; the first does not end before this begins.
        private void addPartsBetween(List<Range> holes, List<Range> parts) {
            long from = begin;
            for (var hole : holes) {
                if (hole.begin > end) break;
                if (hole.begin > from) parts.add(new Range(from, hole.begin - 1));
                // The number after the last hole may not exist, so it is not calculated.
                if (hole.end >= end) return;
                from = hole.end + 1;
            }
            parts.add(new Range(from, end));
        }

        /// Whether the two, of which this begins first, leave no number between them.
        private boolean touches(Range next) {
            return end == Long.MAX_VALUE || next.begin <= end + 1;
        }
    }

    /// Sorts and joins the given ranges.
    public Ranges {
        ranges = isJoined(ranges) ? List.copyOf(ranges) : joined(ranges);
    }

    public static Ranges of(long begin, long end) {
        return new Ranges(List.of(new Range(begin, end)));
    }

    static Ranges parse(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) throw unreadable(text);
        var inner = text.substring(1, text.length() - 1);
        var ranges = new ArrayList<Range>();
        if (inner.isBlank()) return new Ranges(ranges);
        for (var part : inner.split(",", -1)) {
            var matcher = RANGE.matcher(part);
            if (!matcher.matches()) throw unreadable(text);
            ranges.add(new Range(number(matcher.group(1)), number(matcher.group(2))));
        }
        return new Ranges(ranges);
    }

    /// How many numbers there are; [Long#MAX_VALUE] if more than that.
    public long count() {
        long count = 0;
        for (var range : ranges) {
            count += range.end - range.begin + 1;
            if (count < 0) return Long.MAX_VALUE;
        }
        return count;
    }

    @Override
    public Ranges plus(Amount other) {
        var more = Amount.sameType(this, other, Ranges.class).ranges;
        if (more.isEmpty()) return this;
        if (ranges.isEmpty()) return (Ranges) other;
        var all = new ArrayList<Range>(ranges.size() + more.size());
        all.addAll(ranges);
        all.addAll(more);
        return new Ranges(all);
    }

    @Override
    public Ranges minus(Amount other) {
        var taken = Amount.sameType(this, other, Ranges.class);
        if (!contains(taken)) {
            throw new IllegalArgumentException(this + " does not contain " + other);
        }
        return without(taken);
    }

    @Override
    public Ranges without(Amount other) {
        if (!(other instanceof Ranges(var holes)) || holes.isEmpty()) return this;
        var left = new ArrayList<Range>(ranges.size() + holes.size());
        int first = 0;
        for (var range : ranges) {
            while (first < holes.size() && holes.get(first).end < range.begin) first++;
            range.addPartsBetween(holes.subList(first, holes.size()), left);
        }
        return new Ranges(left);
    }

    @Override
    public boolean contains(Amount other) {
        if (!(other instanceof Ranges(var wanted))) return false;
        int at = 0;
        for (var range : wanted) {
            while (at < ranges.size() && ranges.get(at).end < range.begin) at++;
            if (at == ranges.size()) return false;
            var holder = ranges.get(at);
            if (holder.begin > range.begin || holder.end < range.end) return false;
        }
        return true;
    }

    @Override
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (var range : ranges) {
            if (text.length() > 1) text.append(',');
            text.append(range);
        }
        return text.append(']').toString();
    }

    private static boolean isJoined(List<Range> ranges) {
        for (int i = 1; i < ranges.size(); i++) {
            var before = ranges.get(i - 1);
            if (before.begin > ranges.get(i).begin || before.touches(ranges.get(i))) return false;
        }
        return true;
    }

    private static List<Range> joined(List<Range> ranges) {
        var sorted = new ArrayList<>(ranges);
        sorted.sort(null);
        var joined = new ArrayList<Range>(sorted.size());
        var open = sorted.getFirst();
        for (var range : sorted.subList(1, sorted.size())) {
            if (open.touches(range)) {
                open = new Range(open.begin, Math.max(open.end, range.end));
            } else {
                joined.add(open);
                open = range;
            }
        }
        joined.add(open);
        return List.copyOf(joined);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException(digits + " is too large for a range");
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'" + text + "' is not ranges: [1-2,5-9]");
    }
}
