package io.meseta.master.core.operation;

import io.meseta.model.Disk;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/// Whether an agent's resources allow an operation, in the words of Mesos.
///
/// @param total what the agent has
/// @param used what tasks and executors hold of it
/// @param available what the operation may take
/// @param allocation the role that it was allocated to; empty if nobody was given it
public record Feasibility(
        Resources total, Resources used, Resources available, Optional<Role> allocation) {

    /// Why not.
    ///
    /// @param isLocal whether the agent has a part in it, so that a complaint names the agent
    public record Problem(String text, boolean isLocal) {}

    public Optional<Problem> problem(OperationSpec spec) {
        return conflict(spec).or(() -> lack(spec).map(text -> new Problem(text, false)));
    }

    /// What is in its way whatever is available: volumes that are there already, or are not, or are
    /// in use.
    public Optional<Problem> conflict(OperationSpec spec) {
        return switch (spec.type()) {
            case CREATE -> unlikeOthers(spec);
            case DESTROY -> unused(spec);
            case RESERVE, UNRESERVE, GROW_VOLUME, SHRINK_VOLUME -> Optional.empty();
        };
    }

    /// What is not there of what it needs.
    public Optional<String> lack(OperationSpec spec) {
        var rest = available;
        for (var step : spec.steps()) {
            var next = step.of(rest);
            if (next.isEmpty())
                return Optional.of(
                        prefix(spec) + text(rest) + " does not contain " + text(step.consumed()));
            rest = next.get();
        }
        return spec.conversion().of(available).isPresent()
                ? Optional.empty()
                : Optional.of(
                        prefix(spec)
                                + text(available)
                                + " does not contain "
                                + text(spec.conversion().consumed()));
    }

    /// Mesos says so to frameworks, and not to operators.
    private String prefix(OperationSpec spec) {
        return switch (spec.type()) {
            case RESERVE, UNRESERVE, CREATE, DESTROY -> "";
            case GROW_VOLUME, SHRINK_VOLUME ->
                    allocation.isPresent() ? "Invalid " + spec.type() + " operation: " : "";
        };
    }

    private String text(Resources resources) {
        return allocation.map(role -> text(resources, role)).orElseGet(resources::toString);
    }

    /// The ids of a role's volumes on one agent tell its directories apart.
    private Optional<Problem> unlikeOthers(OperationSpec spec) {
        var taken = new TreeSet<VolumeName>();
        total.stream()
                .map(Resource::kind)
                .forEach(kind -> VolumeName.of(kind).ifPresent(taken::add));
        return spec.conversion().converted().stream()
                .flatMap(each -> VolumeName.of(each.kind()).stream())
                .filter(name -> !taken.add(name))
                .findFirst()
                .map(name -> new Problem("Persistence ID '" + name.id() + "' is not unique", true));
    }

    private Optional<Problem> unused(OperationSpec spec) {
        var volumes = spec.conversion().consumed();
        if (!total.contains(volumes))
            return Optional.of(new Problem("Persistent volumes not found", true));
        var kinds = volumes.kinds();
        boolean isUsed = used.stream().map(Resource::kind).anyMatch(kinds::contains);
        return isUsed
                ? Optional.of(new Problem("Persistent volumes in use", true))
                : Optional.empty();
    }

    /// As Mesos prints what is allocated: `cpus(allocated: dev):0.5; …`.
    public static String text(Resources resources, Role role) {
        var text = new StringBuilder();
        resources.stream()
                .forEach(each -> {
                    var name = each.kind().name();
                    if (!text.isEmpty()) text.append("; ");
                    text.append(name).append("(allocated: ").append(role).append(')');
                    text.append(each.toString().substring(name.length()));
                });
        return text.toString();
    }

    private record VolumeName(Role role, String id) implements Comparable<VolumeName> {

        private static final Comparator<VolumeName> ORDER =
                Comparator.comparing(VolumeName::role).thenComparing(VolumeName::id);

        @Override
        public int compareTo(VolumeName other) {
            return ORDER.compare(this, other);
        }

        static Optional<VolumeName> of(ResourceKind kind) {
            return kind.disk()
                    .flatMap(Disk::persistence)
                    .flatMap(volume ->
                            kind.reservedRole().map(role -> new VolumeName(role, volume.id())));
        }
    }
}
