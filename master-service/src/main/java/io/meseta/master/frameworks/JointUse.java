package io.meseta.master.frameworks;

import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.Amount;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Whether what tasks use makes sense beside what their executor uses, and beside each other, in
/// the words of Mesos. What each of them uses makes sense by itself.
final class JointUse {

    private JointUse() {}

    /// A task and the executor that it brings along.
    static void check(TaskInfo task) throws Unacceptable {
        var executor = task.getExecutor();
        check(List.of(task), executor, "Task and its executor");
        var parts = parts(List.of(task), executor);
        if (isOverlapping(parts))
            throw new Unacceptable(
                    "There are overlapping resources in the task resources "
                            + parts.getFirst()
                            + " and executor resources "
                            + parts.getLast());
    }

    /// A group.
    static void check(List<TaskInfo> tasks, ExecutorInfo executor) throws Unacceptable {
        check(tasks, executor, "Task group and executor");
        var parts = parts(tasks, executor);
        if (isOverlapping(parts))
            throw new Unacceptable(
                    "There are overlapping resources in the task group's task resources "
                            + parts.subList(0, tasks.size()).stream()
                                    .map(Resources::toString)
                                    .collect(Collectors.joining(", ", "[ ", " ]"))
                            + " and/or executor resources "
                            + parts.getLast());
    }

    private static void check(List<TaskInfo> tasks, ExecutorInfo executor, String who)
            throws Unacceptable {
        var all = new ArrayList<Resource>();
        for (var task : tasks) all.addAll(task.getResourcesList());
        all.addAll(executor.getResourcesList());
        // Any number of tasks may use a volume that is shared.
        all.removeIf(Resource::hasShared);
        ResourceUse.checkVolumes(all, who + " use duplicate persistence ID: ");
        var kinds = new ArrayList<ResourceKind>();
        for (var part : parts(tasks, executor)) kinds.addAll(part.kinds());
        ResourceUse.checkMix(kinds, who + " mix revocable and non-revocable resources: ");
    }

    /// What each task uses, and last what the executor does.
    private static List<Resources> parts(List<TaskInfo> tasks, ExecutorInfo executor)
            throws Unacceptable {
        var parts = new ArrayList<Resources>();
        for (var task : tasks) parts.add(ResourceReading.read(task.getResourcesList()));
        parts.add(ResourceReading.read(executor.getResourcesList()));
        return parts;
    }

    /// Whether two of them name one port, or one of whatever else has a name.
    private static boolean isOverlapping(List<Resources> parts) {
        var taken = new TreeMap<ResourceKind, Amount>();
        for (var part : parts)
            for (var each : part.stream().toList())
                if (!(each.amount() instanceof Scalar) && isTaken(taken, each)) return true;
        return false;
    }

    private static boolean isTaken(
            Map<ResourceKind, Amount> taken, io.meseta.model.Resource wanted) {
        var before = Optional.ofNullable(taken.get(wanted.kind()));
        // Names and numbers can't be compared; nobody has both of one kind.
        var comparable = before.filter(each -> each.getClass().equals(wanted.amount().getClass()));
        if (comparable.filter(each -> !each.without(wanted.amount()).equals(each)).isPresent())
            return true;
        taken.put(
                wanted.kind(),
                comparable.map(each -> each.plus(wanted.amount())).orElseGet(wanted::amount));
        return false;
    }
}
