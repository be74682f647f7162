package io.meseta.model;

/// How much the cluster cares that something runs: what has less may have to end for what has more.
/// From -1000 to 1000.
public record Priority(int value) implements Comparable<Priority> {

    public static final int MOST = 1_000;

    /// What everything has of which nobody says anything.
    public static final Priority NORMAL = new Priority(0);

    public Priority {
        if (value < -MOST || value > MOST) {
            throw new IllegalArgumentException(
                    "a priority is from -%d to %d".formatted(MOST, MOST));
        }
    }

    /// The lower of two.
    public Priority atMost(Priority other) {
        return value <= other.value ? this : other;
    }

    /// The higher of two.
    public Priority atLeast(Priority other) {
        return value >= other.value ? this : other;
    }

    @Override
    public int compareTo(Priority other) {
        return Integer.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Integer.toString(value);
    }
}
