package io.meseta.master.views;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Completed;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Task;
import io.meseta.model.FrameworkId;
import java.util.Optional;
import java.util.stream.Stream;

/// The cluster as one caller may see it.
public record ClusterView(Cluster cluster, Visibility visibility) {

    public Stream<Agent> agents() {
        return cluster.agents().values().stream().filter(visibility::shows);
    }

    public Stream<Framework> frameworks() {
        return cluster.frameworks().values().stream().filter(visibility::shows);
    }

    public Stream<Completed.Ended> completedFrameworks() {
        return cluster.completed().frameworks().stream()
                .filter(ended -> visibility.shows(ended.framework()));
    }

    /// Tasks whose end has not been acknowledged.
    public Stream<Task> tasks() {
        return cluster.tasks().all().filter(this::shows);
    }

    public Stream<Task> tasksOf(FrameworkId framework) {
        return cluster.tasks().of(framework).stream().filter(this::shows);
    }

    /// Executors that live on machines which can be reached.
    public Stream<Executor> executors() {
        return cluster.tasks().executors().all().filter(this::shows);
    }

    private boolean shows(Executor executor) {
        var owner = cluster.framework(executor.key().framework());
        var agent = cluster.agent(executor.agent()).filter(each -> !each.isUnreachable());
        return agent.isPresent() && owner.isPresent() && visibility.shows(executor, owner.get());
    }

    public Stream<Task> completedTasks() {
        return cluster.completed().tasks().values().stream()
                .flatMap(some -> some.stream())
                .map(CompletedTask::task)
                .filter(this::shows);
    }

    public Stream<Task> completedTasksOf(FrameworkId framework) {
        return cluster.completed().tasksOf(framework).stream()
                .map(CompletedTask::task)
                .filter(this::shows);
    }

    public boolean shows(Task task) {
        return visibility.shows(task, owner(task.key().framework()));
    }

    /// A framework that is there, or is remembered.
    private Optional<Framework> owner(FrameworkId id) {
        var present = cluster.framework(id);
        // Most tasks are of frameworks that are there; the others' are few, and so are the ended.
        return present.isPresent()
                ? present
                : cluster.completed().frameworks().stream()
                        .map(Completed.Ended::framework)
                        .filter(framework -> framework.id().equals(id))
                        .reduce((_, newest) -> newest);
    }
}
