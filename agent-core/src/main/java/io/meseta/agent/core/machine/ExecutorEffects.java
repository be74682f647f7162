package io.meseta.agent.core.machine;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.machine.Effect.ExecutorWord;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.model.ExecutorKey;
import java.util.List;
import java.util.Optional;

/// What must now be done because something has happened to an executor.
final class ExecutorEffects {

    private ExecutorEffects() {}

    /// Adds the effects of one event to those of their kind.
    ///
    /// @param before the machine that the event happened to
    static void of(
            Machine before,
            ExecutorKey key,
            ExecutorEvent event,
            List<Effect> words,
            List<Effect> reports,
            List<Effect> drops) {
        var held = before.executor(key);
        if (held.isEmpty()) return;
        var executor = held.get();
        switch (event) {
            case ExecutorEvent.Attended(var connection) -> {
                words.add(
                        new Effect.TellExecutor(
                                executor, connection, new ExecutorWord.Subscribed()));
                // Told before, perhaps, when it did not listen.
                if (!executor.after(event).isServing())
                    words.add(
                            new Effect.TellExecutor(
                                    executor, connection, new ExecutorWord.Shutdown()));
            }
            case ExecutorEvent.Handed(var keys, var isGroup) -> {
                var tasks = keys.stream().flatMap(each -> before.task(each).stream()).toList();
                tell(executor, isGroup, tasks).forEach(words::add);
            }
            case ExecutorEvent.KillHanded(var task, var grace) ->
                    tell(executor, new ExecutorWord.Kill(task, grace)).ifPresent(words::add);
            case ExecutorEvent.UpdateRepeated(var task, var uuid) ->
                    tell(executor, new ExecutorWord.Acknowledged(task, uuid)).ifPresent(words::add);
            case ExecutorEvent.KillBegun _ ->
                    tell(executor, new ExecutorWord.Shutdown()).ifPresent(words::add);
            case ExecutorEvent.Said(var data, var number) ->
                    reports.add(new Effect.SendMessage(number, executor, data));
            case ExecutorEvent.EndTold(var exit, var number) ->
                    reports.add(
                            new Effect.SendExecutorEnd(
                                    number, executor, exit, before.orders().seen()));
            case ExecutorEvent.Forgotten() -> drops.add(new Effect.DropExecutor(executor));
            case ExecutorEvent.Ordered _,
                    ExecutorEvent.Prepared _,
                    ExecutorEvent.Started _,
                    ExecutorEvent.Registered _,
                    ExecutorEvent.Left _,
                    ExecutorEvent.Awaited _,
                    ExecutorEvent.KillForced _,
                    ExecutorEvent.Ended _ -> {}
        }
    }

    private static List<Effect> tell(
            AgentExecutor executor, boolean isGroup, List<AgentTask> tasks) {
        if (isGroup) return tell(executor, new ExecutorWord.LaunchGroup(tasks)).stream().toList();
        return tasks.stream()
                .flatMap(task -> tell(executor, new ExecutorWord.Launch(task)).stream())
                .toList();
    }

    static Optional<Effect> tell(AgentExecutor executor, ExecutorWord word) {
        return executor.connection()
                .map(connection -> new Effect.TellExecutor(executor, connection, word));
    }
}
