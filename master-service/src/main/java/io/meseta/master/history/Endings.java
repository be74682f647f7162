package io.meseta.master.history;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What ended with one entry of the journal: found from the state before it and its recorded
/// events, whether it has just been committed or is read again years later.
///
/// It does not look at what the state remembers of completed tasks, for that is a limited number,
/// and one entry may end more.
record Endings(List<EndedTask> tasks, List<EndedFramework> frameworks) {

    /// A task that is over, and acknowledged or beyond acknowledgement.
    ///
    /// @param sequence of the entry with which it was over
    record EndedTask(Task task, Instant at, long sequence) {}

    /// A framework that is gone. How it was connected in the end says nothing any more, and depends
    /// on who led.
    record EndedFramework(Framework framework, Instant at, long sequence) {

        EndedFramework {
            framework = framework.orphaned(framework.reregisteredAt(), Duration.ZERO);
        }
    }

    Endings {
        tasks = List.copyOf(tasks);
        frameworks = List.copyOf(frameworks);
    }

    static Endings of(Cluster before, long sequence, List<Event> events) {
        var finding = new Finding(before, sequence);
        for (var event : events) finding.take(event);
        return new Endings(finding.tasks, finding.frameworks);
    }

    /// What a state still knows of what ended before it.
    static Endings remembered(Cluster cluster, long sequence) {
        var completed = cluster.completed();
        return new Endings(
                completed.tasks().values().stream()
                        .flatMap(some -> some.stream())
                        .map(each -> new EndedTask(each.task(), each.completedAt(), sequence))
                        .toList(),
                completed.frameworks().stream()
                        .map(each -> new EndedFramework(each.framework(), each.at(), sequence))
                        .toList());
    }

    boolean isEmpty() {
        return tasks.isEmpty() && frameworks.isEmpty();
    }

    private static final class Finding {

        private final Cluster before;
        private final long sequence;
        private final List<EndedTask> tasks = new ArrayList<>();
        private final List<EndedFramework> frameworks = new ArrayList<>();

        /// As they are by now; empty for those that have ended on the way.
        private final Map<TaskKey, Optional<Task>> touched = new HashMap<>();

        private final Map<FrameworkId, Framework> changed = new HashMap<>();

        Finding(Cluster before, long sequence) {
            this.before = before;
            this.sequence = sequence;
        }

        void take(Event event) {
            switch (event) {
                case Event.OfTask(var each) -> take(each);
                case Event.OfFramework(var each) -> take(each);
                case Event.OfCluster _,
                        Event.OfAgent _,
                        Event.OfOperation _,
                        Event.OfExecutor _,
                        Event.OfRole _,
                        Event.OfUpkeep _,
                        Event.OfOffer _ -> {}
            }
        }

        private void take(TaskEvent event) {
            switch (event) {
                case TaskEvent.TaskLaunched(var key, var spec, var placement) ->
                        touched.put(key, Optional.of(Task.launched(key, spec, placement)));
                case TaskEvent.StatusReceived(var key, var status, var newest, _) ->
                        now(key, task -> task.received(status, newest));
                case TaskEvent.StatusDeclared(var key, var status) -> {
                    now(key, task -> task.received(status, status.state()));
                    if (status.isTerminal()) end(key, status.at());
                }
                case TaskEvent.EndAcknowledged(var key, _, var at) -> end(key, at);
                case TaskEvent.KillWanted _,
                        TaskEvent.StatusRepeated _,
                        TaskEvent.StatusAcknowledged _,
                        TaskEvent.StatusAnswered _,
                        TaskEvent.StrayReported _ -> {}
            }
        }

        private interface Move {
            Task on(Task task);
        }

        private Optional<Task> find(TaskKey key) {
            var known = touched.get(key);
            return known == null ? before.tasks().find(key) : known;
        }

        private void now(TaskKey key, Move move) {
            find(key).ifPresent(task -> touched.put(key, Optional.of(move.on(task))));
        }

        private void end(TaskKey key, Instant at) {
            find(key).ifPresent(task -> tasks.add(new EndedTask(task.settled(), at, sequence)));
            touched.put(key, Optional.empty());
        }

        private void take(FrameworkEvent event) {
            switch (event) {
                case FrameworkEvent.FrameworkRegistered(var id, var profile, var at) ->
                        changed.put(id, Framework.registered(id, profile, at));
                case FrameworkEvent.FrameworkResubscribed(var id, var profile, var at) ->
                        find(id).map(each -> each.resubscribed(profile, at))
                                .ifPresent(each -> changed.put(id, each));
                case FrameworkEvent.FrameworkUpdated(var id, var profile, _) ->
                        find(id).map(each -> each.updated(profile))
                                .ifPresent(each -> changed.put(id, each));
                case FrameworkEvent.FrameworkRemoved(var id, var at) -> {
                    find(id).map(each -> new EndedFramework(each, at, sequence))
                            .ifPresent(frameworks::add);
                    changed.remove(id);
                }
                case FrameworkEvent.FrameworkConnected _,
                        FrameworkEvent.WishesChanged _,
                        FrameworkEvent.FrameworkDisconnected _,
                        FrameworkEvent.RolesSuppressed _,
                        FrameworkEvent.RolesRevived _,
                        FrameworkEvent.ResourcesRequested _ -> {}
            }
        }

        private Optional<Framework> find(FrameworkId id) {
            var known = changed.get(id);
            return known == null ? before.framework(id) : Optional.of(known);
        }
    }
}
