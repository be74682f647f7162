package io.meseta.model;

/// Who is authenticated.
public record Principal(String name) implements Comparable<Principal> {

    public Principal {
        if (name.isEmpty()) throw new IllegalArgumentException("A principal needs a name");
    }

    @Override
    public int compareTo(Principal other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
