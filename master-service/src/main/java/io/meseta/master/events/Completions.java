package io.meseta.master.events;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Completed;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Task;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Which tasks were completed between two states, and which of those that were are forgotten.
///
/// The memory for completed tasks is a list for each framework, of up to a thousand. What is new is
/// at its end, and what is forgotten was at its beginning: only these are looked at.
final class Completions {

    private final Cluster before;
    private final Cluster after;
    private final Map<FrameworkId, Integer> counts;
    private final Map<TaskKey, Task> newest = new HashMap<>();

    /// @param counts at most how many were completed of each framework
    Completions(Cluster before, Cluster after, Map<FrameworkId, Integer> counts) {
        this.before = before;
        this.after = after;
        this.counts = counts;
        counts.forEach(this::collect);
    }

    private void collect(FrameworkId framework, int count) {
        var all = remembered(after, framework);
        for (int i = Math.max(0, all.size() - count); i < all.size(); i++) {
            var task = all.get(i).task();
            newest.put(task.key(), task);
        }
    }

    /// A task that is new among the completed.
    Optional<Task> find(TaskKey key) {
        return Optional.ofNullable(newest.get(key));
    }

    /// Tasks that nothing is known of any more.
    List<Task> forgotten() {
        var forgotten = new ArrayList<Task>();
        for (var framework : counts.keySet()) forget(framework, forgotten);
        for (var ended : forgottenFrameworks())
            for (var each : remembered(before, ended.framework().id())) forgotten.add(each.task());
        return forgotten;
    }

    @SuppressWarnings("ReferenceEquality") // the same entry, not an equal one
    private void forget(FrameworkId framework, List<Task> forgotten) {
        var then = remembered(before, framework);
        var now = remembered(after, framework);
        // Else the framework as a whole is forgotten, or nothing was remembered.
        if (then.isEmpty() || now.isEmpty() || then.get(0) == now.get(0)) return;
        var kept = new HashSet<TaskId>();
        for (var each : now) kept.add(each.task().key().task());
        for (var each : then) {
            if (each == now.get(0)) return;
            var key = each.task().key();
            if (!kept.contains(key.task()) && after.tasks().find(key).isEmpty())
                forgotten.add(each.task());
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same entry, not an equal one
    private List<Completed.Ended> forgottenFrameworks() {
        var then = before.completed().frameworks();
        var now = after.completed().frameworks();
        var forgotten = new ArrayList<Completed.Ended>();
        for (var each : then) {
            if (!now.isEmpty() && each == now.get(0)) break;
            forgotten.add(each);
        }
        return forgotten;
    }

    private static PVector<CompletedTask> remembered(Cluster cluster, FrameworkId framework) {
        return cluster.completed().tasks().getOrDefault(framework, TreePVector.empty());
    }
}
