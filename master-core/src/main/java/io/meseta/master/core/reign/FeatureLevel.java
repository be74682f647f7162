package io.meseta.master.core.reign;

/// How much masters must know to read a journal. Whatever a build adds to what is recorded belongs
/// to a level, and is recorded only once that level is active: then each master that could come to
/// lead has said that it can read it.
///
/// @param number from 1; levels are only ever added
public record FeatureLevel(int number) implements Comparable<FeatureLevel> {

    /// What every journal has from its first entry on.
    public static final FeatureLevel FIRST = new FeatureLevel(1);

    public FeatureLevel {
        if (number < 1) throw new IllegalArgumentException("levels begin with 1");
    }

    /// Whether what belongs to that level may be recorded while this one is active.
    public boolean covers(FeatureLevel other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(FeatureLevel other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
