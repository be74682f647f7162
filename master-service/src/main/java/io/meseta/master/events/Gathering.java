package io.meseta.master.events;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.task.Task;
import io.meseta.master.records.RecordJson;
import io.meseta.master.records.RecordWriting;
import io.meseta.master.state.Usage;
import io.meseta.master.views.Visibility;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Finds out what is different between two states, of what was touched.
final class Gathering {

    private final Cluster before;
    private final Cluster after;
    private final Touches touches;
    private final Completions completions;
    private final List<Touched> found = new ArrayList<>();

    /// How a task that is gone is named.
    private record Name(String framework, String id) {}

    private Gathering(Cluster before, Cluster after, Touches touches) {
        this.before = before;
        this.after = after;
        this.touches = touches;
        this.completions = new Completions(before, after, touches.completions());
    }

    static List<Touched> of(Cluster before, Cluster after, Touches touches) {
        return new Gathering(before, after, touches).gather();
    }

    private List<Touched> gather() {
        var agents = new TreeSet<>(touches.agents());
        var frameworks = new TreeSet<>(touches.frameworks());
        // Each completion is one task less for its framework.
        frameworks.addAll(touches.completions().keySet());
        for (var key : touches.tasks()) {
            var then = touches.isLaunched(key) ? Optional.<Task>empty() : before.tasks().find(key);
            var now = after.tasks().find(key).or(() -> completions.find(key));
            task(key, then, now);
            if (touches.isLaunched(key)) frameworks.add(key.framework());
            if (uses(then) != uses(now))
                then.or(() -> now).ifPresent(task -> agents.add(task.agent()));
        }
        for (var task : completions.forgotten())
            if (!touches.tasks().contains(task.key()))
                task(task.key(), Optional.of(task), Optional.empty());
        for (var id : agents) agent(before.agent(id), after.agent(id));
        for (var id : frameworks) framework(id);
        return found;
    }

    private static boolean uses(Optional<Task> task) {
        return task.filter(Usage::isInUse).isPresent();
    }

    private void agent(Optional<Agent> then, Optional<Agent> now) {
        var id = now.or(() -> then).map(agent -> agent.id().value());
        if (id.isEmpty()) return;
        found.add(
                new Touched(
                        Touched.Kind.AGENTS,
                        RecordJson.text(id.get()),
                        now.map(agent -> RecordJson.write(RecordWriting.agent(agent, after))),
                        shows(then.map(agent -> visibility -> visibility.shows(agent))),
                        shows(now.map(agent -> visibility -> visibility.shows(agent)))));
    }

    private void framework(FrameworkId id) {
        var then = before.framework(id);
        var now = after.framework(id);
        if (then.isEmpty() && now.isEmpty()) return;
        found.add(
                new Touched(
                        Touched.Kind.FRAMEWORKS,
                        RecordJson.text(id.value()),
                        now.map(each -> RecordJson.write(RecordWriting.framework(each, after))),
                        shows(then.map(each -> visibility -> visibility.shows(each))),
                        shows(now.map(each -> visibility -> visibility.shows(each)))));
    }

    private void task(TaskKey key, Optional<Task> then, Optional<Task> now) {
        if (then.isEmpty() && now.isEmpty()) return;
        var name = new Name(key.framework().value(), key.task().value());
        found.add(
                new Touched(
                        Touched.Kind.TASKS,
                        RecordJson.text(name),
                        now.map(task -> RecordJson.write(RecordWriting.task(task, after))),
                        shows(then.map(task -> shown(task, before))),
                        shows(now.map(task -> shown(task, after)))));
    }

    /// Holds on to the task and its framework, and not to the whole state.
    private static Predicate<Visibility> shown(Task task, Cluster cluster) {
        var owner = cluster.framework(task.key().framework());
        return visibility -> visibility.shows(task, owner);
    }

    private static Predicate<Visibility> shows(Optional<Predicate<Visibility>> verdict) {
        return verdict.orElse(_ -> false);
    }
}
