package io.meseta.master.core.cluster.effect;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.TellAgent;
import io.meseta.master.core.cluster.effect.Effect.TellFramework;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.executor.ExecutorEvent;
import io.meseta.master.core.task.Task;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What follows from what happens to executors.
final class ExecutorEffects {

    private ExecutorEffects() {}

    static List<Effect> of(ExecutorEvent event, Cluster after) {
        return switch (event) {
            case ExecutorEvent.ExecutorLaunched _ -> List.of();
            case ExecutorEvent.ExecutorEnded(var agent, var key, var status, var how, _) ->
                    how == ExecutorEvent.Ending.DISOWNED
                            ? List.of()
                            : tell(
                                    after,
                                    key.framework(),
                                    new News.ExecutorFailed(agent, key.executor(), status));
            case ExecutorEvent.ShutdownWanted(var agent, var key, var order, _) ->
                    tell(after, agent, new Word.ShutdownExecutor(order, key));
            case ExecutorEvent.GroupOrdered(var agent, var framework, var order) ->
                    groups(after, agent)
                            .filter(word ->
                                    word.number() == order && word.framework().equals(framework))
                            .flatMap(word -> tell(after, agent, word).stream())
                            .toList();
            case ExecutorEvent.MessageSent(var agent, var key, var data) ->
                    tell(after, agent, new Word.Message(key, data));
            case ExecutorEvent.MessageReceived(var agent, var key, var data) ->
                    tell(after, key.framework(), new News.Message(agent, key.executor(), data));
        };
    }

    /// The groups that the agent may not have seen, whole.
    static Stream<Word.LaunchGroup> groups(Cluster cluster, AgentId agent) {
        return cluster.tasks()
                .on(agent)
                .filter(ExecutorEffects::isWaiting)
                .map(task -> task.placement().order())
                .distinct()
                .flatMap(order -> group(cluster, agent, order).stream());
    }

    private static boolean isWaiting(Task task) {
        return task.spec().home().isGroup()
                && (task.state() == TaskState.TASK_STAGING
                        || task.state() == TaskState.TASK_UNREACHABLE);
    }

    private static Optional<Word.LaunchGroup> group(Cluster cluster, AgentId agent, long order) {
        var tasks =
                cluster.tasks()
                        .on(agent)
                        .filter(task -> isWaiting(task) && task.placement().order() == order)
                        .toList();
        if (tasks.isEmpty()) return Optional.empty();
        var first = tasks.getFirst();
        var key =
                new ExecutorKey(
                        first.key().framework(), first.spec().home().executorId().orElseThrow());
        var executor = cluster.tasks().executors().find(agent, key);
        var framework = cluster.framework(key.framework());
        if (executor.isEmpty() || framework.isEmpty()) return Optional.empty();
        return Optional.of(
                new Word.LaunchGroup(
                        order,
                        key.framework(),
                        framework.get().profile(),
                        executor.get().spec(),
                        tasks.stream().map(Task::spec).toList()));
    }

    static Stream<Word.ShutdownExecutor> shutdowns(Cluster cluster, AgentId agent) {
        return cluster.tasks()
                .executors()
                .on(agent)
                .filter(executor -> executor.shutdown() > 0)
                .map(executor -> new Word.ShutdownExecutor(executor.shutdown(), executor.key()));
    }

    private static List<Effect> tell(Cluster cluster, FrameworkId id, News news) {
        return cluster.framework(id)
                .flatMap(framework -> framework.stream())
                .<List<Effect>>map(stream -> List.of(new TellFramework(id, stream, news)))
                .orElse(List.of());
    }

    private static List<Effect> tell(Cluster cluster, AgentId id, Word word) {
        return cluster.agent(id)
                .flatMap(Agent::link)
                .<List<Effect>>map(link -> List.of(new TellAgent(id, link, word)))
                .orElse(List.of());
    }
}
