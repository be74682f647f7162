package io.meseta.master.core.operation;

import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What tasks that are launched together need, with the executor that they bring along.
///
/// They are taken one by one. A sum would count once what two of them name, such as a port, and
/// what a framework sends need not have a sum at all.
///
/// @param each what one of them needs, in the order in which they are taken
public record Needs(List<Resources> each) {

    public Needs {
        each = List.copyOf(each);
    }

    /// @param whose who needs them, and that they are more, in the words of Mesos
    public Optional<String> lack(Resources left, Role role, String whose) {
        return fitInto(left)
                ? Optional.empty()
                : Optional.of(
                        "Total resources "
                                + text(role)
                                + " required by "
                                + whose
                                + " more than available "
                                + Feasibility.text(left, role));
    }

    private boolean fitInto(Resources left) {
        var rest = left;
        for (var some : each) {
            if (!rest.canGive(some)) return false;
            // Any number of tasks may use a volume that is shared.
            rest = rest.minus(some.filter(resource -> !resource.kind().shared()));
        }
        return true;
    }

    /// Their sum, if they have one.
    private String text(Role role) {
        try {
            return Feasibility.text(each.stream().reduce(Resources.EMPTY, Resources::plus), role);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return each.stream()
                    .map(some -> Feasibility.text(some, role))
                    .collect(Collectors.joining("; "));
        }
    }
}
