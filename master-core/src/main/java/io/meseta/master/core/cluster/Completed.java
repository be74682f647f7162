package io.meseta.master.core.cluster;

import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Task;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;
import org.pcollections.TreePVector;

/// What has ended, as far as it is kept in memory: the newest of each kind.
///
/// @param frameworks in the order in which they ended
/// @param tasks by framework, in the order in which they were completed
public record Completed(
        PSortedSet<FrameworkId> ids,
        PVector<FrameworkId> idsInOrder,
        PVector<Ended> frameworks,
        PSortedMap<FrameworkId, PVector<CompletedTask>> tasks) {

    /// Frameworks that can still be looked at, as many as Mesos keeps.
    static final int FRAMEWORKS_MAX = 50;

    /// Completed tasks kept for one framework, as many as Mesos keeps.
    static final int TASKS_MAX = 1_000;

    /// Ids that can't be used again. A framework whose id is older than so many others may come
    /// back as if it were new.
    static final int IDS_MAX = 10_000;

    /// A framework that is gone.
    public record Ended(Framework framework, Instant at) {}

    static final Completed NOTHING =
            new Completed(
                    TreePSet.empty(), TreePVector.empty(), TreePVector.empty(), TreePMap.empty());

    public boolean hasFramework(FrameworkId id) {
        return ids.contains(id);
    }

    public Collection<CompletedTask> tasksOf(FrameworkId framework) {
        return tasks.getOrDefault(framework, TreePVector.empty());
    }

    public Optional<CompletedTask> find(TaskKey key) {
        return tasksOf(key.framework()).stream()
                .filter(completed -> completed.task().key().equals(key))
                .reduce((_, newest) -> newest);
    }

    Completed with(Task task, Instant at) {
        var framework = task.key().framework();
        var before = tasks.getOrDefault(framework, TreePVector.empty());
        var after = newest(before.plus(new CompletedTask(task.settled(), at)), TASKS_MAX);
        return new Completed(ids, idsInOrder, frameworks, tasks.plus(framework, after));
    }

    Completed with(Framework framework, Instant at) {
        var id = framework.id();
        var order = idsInOrder.plus(id);
        var known = ids.plus(id);
        if (order.size() > IDS_MAX) {
            known = known.minus(order.get(0));
            order = order.minus(0);
        }
        var ended = frameworks.plus(new Ended(framework, at));
        var left = tasks;
        if (ended.size() > FRAMEWORKS_MAX) {
            left = left.minus(ended.get(0).framework().id());
            ended = ended.minus(0);
        }
        return new Completed(known, order, ended, left);
    }

    /// Everything in it again, from parts that were read back from a snapshot.
    public static Completed of(
            List<FrameworkId> ids, List<Ended> frameworks, List<CompletedTask> tasks) {
        var all = NOTHING;
        for (var id : ids)
            all =
                    new Completed(
                            all.ids.plus(id), all.idsInOrder.plus(id), all.frameworks, all.tasks);
        all = new Completed(all.ids, all.idsInOrder, TreePVector.from(frameworks), all.tasks);
        for (var task : tasks) all = all.with(task.task(), task.completedAt());
        return all;
    }

    /// Tasks are kept as they would be read back: there may be tens of thousands of them, and this
    /// is asked for with every snapshot.
    Completed durable() {
        var orphans = frameworks.stream().map(Completed::orphaned).toList();
        return new Completed(ids, idsInOrder, TreePVector.from(orphans), tasks);
    }

    private static Ended orphaned(Ended ended) {
        var framework = ended.framework();
        return new Ended(framework.orphaned(framework.reregisteredAt(), Duration.ZERO), ended.at());
    }

    private static <T> PVector<T> newest(PVector<T> all, int max) {
        return all.size() > max ? all.minus(0) : all;
    }
}
