package io.meseta.agent.disk;

import java.util.Optional;
import java.util.regex.Pattern;

/// The numbers of projects that this machine's agents may use, both ends included.
public record ProjectRange(long first, long last) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})");

    /// 0 is what belongs to no project, and the highest is nobody.
    private static final long MAX = 0xffff_fffeL;

    public ProjectRange {
        if (first < 1 || last < first || last > MAX)
            throw new IllegalArgumentException("disk.projects: %s-%s".formatted(first, last));
    }

    /// Reads `5000-10000`; empty for an empty text.
    public static Optional<ProjectRange> parse(String text) {
        if (text.isBlank()) return Optional.empty();
        var ends = TEXT.matcher(text.strip());
        if (!ends.matches())
            throw new IllegalArgumentException("disk.projects: no range such as 5000-10000");
        return Optional.of(
                new ProjectRange(Long.parseLong(ends.group(1)), Long.parseLong(ends.group(2))));
    }

    /// The number that comes `steps` after the `from`th, from the end to the beginning again.
    long at(long from, long steps) {
        return first + Math.floorMod(from + steps, count());
    }

    long count() {
        return last - first + 1;
    }
}
