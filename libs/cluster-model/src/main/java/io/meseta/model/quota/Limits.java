package io.meseta.model.quota;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The most that a role may have, by name and in thousandths. Of what is not named it may have any
/// amount; of what is named with 0, nothing.
public record Limits(SortedMap<String, Long> amounts) {

    /// No limit at all.
    public static final Limits NONE = new Limits(new TreeMap<>());

    public Limits {
        for (var amount : amounts.entrySet()) {
            if (amount.getValue() < 0) {
                throw new IllegalArgumentException(
                        "The limit of " + amount.getKey() + " is negative");
            }
        }
        amounts = Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
    }

    public boolean isEmpty() {
        return amounts.isEmpty();
    }

    /// Whether none of these is beyond its limit.
    public boolean contains(Quantities quantities) {
        for (var limit : amounts.entrySet()) {
            if (quantities.amount(limit.getKey()) > limit.getValue()) return false;
        }
        return true;
    }

    /// Whether these never let anyone have more than those above would.
    public boolean areWithin(Limits above) {
        for (var limit : above.amounts.entrySet()) {
            var own = amounts.get(limit.getKey());
            if (own != null && own > limit.getValue()) return false;
        }
        return true;
    }

    /// How much of the name may be had when this much is; [Long#MAX_VALUE] without a limit.
    public long left(String name, Quantities had) {
        var limit = amounts.get(name);
        return limit == null ? Long.MAX_VALUE : Math.max(0, limit - had.amount(name));
    }

    /// `cpus:4; mem:1024`, as Mesos prints quantities.
    @Override
    public String toString() {
        return Quantities.text(amounts);
    }
}
