package io.meseta.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// A set of named things, each of which there is once: disks, devices.
public record Items(SortedSet<String> names) implements Amount {

    /// Copies into natural order whatever order the given set has.
    public Items {
        var sorted = new TreeSet<String>();
        sorted.addAll(names);
        names = Collections.unmodifiableSortedSet(sorted);
    }

    public static Items of(Collection<String> names) {
        return new Items(new TreeSet<>(names));
    }

    static Items parse(String text) {
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new IllegalArgumentException("'" + text + "' is not a set: {a,b}");
        }
        var names = new TreeSet<String>();
        for (var name : text.substring(1, text.length() - 1).split(",", -1)) {
            if (!name.isBlank()) names.add(name.strip());
        }
        return new Items(names);
    }

    @Override
    public Items plus(Amount other) {
        var union = new TreeSet<>(names);
        union.addAll(Amount.sameType(this, other, Items.class).names);
        return new Items(union);
    }

    @Override
    public Items minus(Amount other) {
        var taken = Amount.sameType(this, other, Items.class);
        if (!contains(taken)) {
            throw new IllegalArgumentException(this + " does not contain " + other);
        }
        return without(taken);
    }

    @Override
    public Items without(Amount other) {
        if (!(other instanceof Items(var taken))) return this;
        var left = new TreeSet<>(names);
        left.removeAll(taken);
        return new Items(left);
    }

    @Override
    public boolean contains(Amount other) {
        return other instanceof Items(var wanted) && names.containsAll(wanted);
    }

    @Override
    public boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public String toString() {
        return "{" + String.join(",", names) + "}";
    }
}
