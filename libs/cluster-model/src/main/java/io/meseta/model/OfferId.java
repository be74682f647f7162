package io.meseta.model;

/// An offer's id. Offers and inverse offers draw from one counter, so no two share an id.
public record OfferId(String value) implements Comparable<OfferId> {

    public OfferId {
        Ids.check(value);
    }

    @Override
    public int compareTo(OfferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
