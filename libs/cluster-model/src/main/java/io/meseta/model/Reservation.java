package io.meseta.model;

import io.meseta.model.rule.Orders;
import java.util.Comparator;
import java.util.Optional;

/// Resources set aside for a role. Several on one resource refine each other: see [ResourceKind].
public record Reservation(Type type, Role role, Optional<String> principal, Labels labels)
        implements Comparable<Reservation> {

    /// Who may undo it.
    public enum Type {
        /// Written in the agent's flags; cannot be undone from outside.
        STATIC,
        /// Made and undone by frameworks and operators.
        DYNAMIC
    }

    private static final Comparator<Reservation> ORDER =
            Comparator.comparing(Reservation::role)
                    .thenComparing(Reservation::type)
                    .thenComparing(
                            Reservation::principal, Orders.optional(Comparator.naturalOrder()))
                    .thenComparing(Reservation::labels);

    public Reservation {
        if (role.equals(Role.ANY)) {
            throw new IllegalArgumentException("Resources cannot be reserved to the role '*'");
        }
    }

    public static Reservation ofStatic(Role role) {
        return new Reservation(Type.STATIC, role, Optional.empty(), Labels.NONE);
    }

    public static Reservation ofDynamic(Role role) {
        return new Reservation(Type.DYNAMIC, role, Optional.empty(), Labels.NONE);
    }

    @Override
    public int compareTo(Reservation other) {
        return this == other ? 0 : ORDER.compare(this, other);
    }

    /// As Mesos prints it in its refusals: `(DYNAMIC,dev,alice,{k: v})`.
    @Override
    public String toString() {
        var text = new StringBuilder("(").append(type).append(',').append(role);
        principal.ifPresent(name -> text.append(',').append(name));
        if (!labels.isEmpty()) text.append(',').append(labels);
        return text.append(')').toString();
    }
}
