package io.meseta.model;

/// A role's relative share among its siblings: twice the weight, twice the resources.
public record Weight(double value) {

    /// What a role has that nobody gave a weight.
    public static final Weight DEFAULT = new Weight(1.0);

    public Weight {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("Weights must be positive");
        }
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
