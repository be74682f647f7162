package io.meseta.master.core.preemption;

import io.meseta.allocator.Grant;
import io.meseta.allocator.Prospects;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What could end on an agent.
final class Units {

    private final PreemptionPremises premises;
    private final Prospects prospects;

    /// Tasks that end already, by an earlier choice of the same look.
    private final Set<TaskKey> chosen = new TreeSet<>();

    Units(PreemptionPremises premises, Prospects prospects) {
        this.premises = premises;
        this.prospects = prospects;
    }

    static Grant grant(Task task) {
        return new Grant(
                task.agent(), task.key().framework(), task.spec().role(), task.spec().resources());
    }

    /// Those that are below the priority or, at most, have it, and that no guarantee stands for.
    List<Unit> on(AgentId agent, Prospects.Seeker seeker, Priority below, boolean isAtMost) {
        var together = new TreeMap<ExecutorKey, List<Task>>();
        var units = new ArrayList<Unit>();
        for (var task : premises.tasks().on(agent).filter(Task::holdsResources).toList()) {
            var group = group(task);
            if (group.isPresent())
                together.computeIfAbsent(group.get(), _ -> new ArrayList<>()).add(task);
            else unit(List.of(task), seeker).ifPresent(units::add);
        }
        for (var group : together.values()) unit(group, seeker).ifPresent(units::add);
        units.removeIf(unit -> {
            int order = unit.priority().compareTo(below);
            return order > 0 || (order == 0 && !isAtMost);
        });
        return units;
    }

    /// What is about to become free there for the seeker, since others have ended for somebody who
    /// waits no more.
    Resources ending(AgentId agent, Prospects.Seeker seeker) {
        return premises.tasks()
                .on(agent)
                .filter(task -> task.holdsResources() && task.preemption().isPresent())
                .map(task -> prospects.usable(seeker, task.spec().resources()))
                .reduce(Resources.EMPTY, Resources::plus);
    }

    void choose(Unit unit) {
        for (var task : unit.tasks()) {
            chosen.add(task.key());
            prospects.ended(grant(task));
        }
    }

    private Optional<Unit> unit(List<Task> tasks, Prospects.Seeker seeker) {
        var freed = Resources.EMPTY;
        var beyond = new TreeMap<Role, Resources>();
        for (var task : tasks) {
            if (task.kill().isPresent() || chosen.contains(task.key())) return Optional.empty();
            freed = freed.plus(task.spec().resources());
            beyond.merge(task.spec().role(), task.spec().resources(), Resources::plus);
        }
        if (!areBeyondGuarantee(beyond)) return Optional.empty();
        var priority = tasks.stream().map(this::priority).reduce(Priority::atLeast).orElseThrow();
        var since =
                tasks.stream()
                        .map(task -> task.placement().at())
                        .min(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH);
        var part = prospects.usable(seeker, freed);
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unit(tasks, priority, part, since));
    }

    private boolean areBeyondGuarantee(Map<Role, Resources> held) {
        return held.entrySet().stream()
                .allMatch(each -> prospects.isBeyondGuarantee(each.getKey(), each.getValue()));
    }

    Priority priority(Task task) {
        return task.spec().priorityIn(premises.roles().sharing(task.spec().role()).priority());
    }

    private static Optional<ExecutorKey> group(Task task) {
        var home = task.spec().home();
        if (!home.isGroup()) return Optional.empty();
        return home.executorId().map(id -> new ExecutorKey(task.key().framework(), id));
    }
}
