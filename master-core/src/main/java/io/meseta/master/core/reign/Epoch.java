package io.meseta.master.core.reign;

/// Counts leaderships. Whatever carries a lower epoch comes from a leader that has been replaced.
public record Epoch(long number) implements Comparable<Epoch> {

    /// Before any master has led.
    public static final Epoch NONE = new Epoch(0);

    public Epoch {
        if (number < 0) throw new IllegalArgumentException("an epoch is not negative");
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(number, other.number);
    }
}
