package io.meseta.master.leadership;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Committed;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.testkit.cluster.AgentDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An agent's side of the contract, and nothing else: it takes each order once, in the order of
/// their numbers, and none of an epoch that is over.
final class StubbornAgent {

    private final List<TaskKey> started = new ArrayList<>();
    private Optional<AgentId> id = Optional.empty();
    private Epoch epoch = Epoch.NONE;
    private long order;
    private int refused;

    synchronized Command.Greet greeting() {
        var held = started.stream().map(key -> new HeldTask(key, TaskState.TASK_RUNNING)).toList();
        return new Command.Greet(
                id,
                AgentDraft.anAgent("stubborn").profile(),
                new LinkId(UUID.randomUUID().toString()),
                new Recollection(epoch, order),
                held);
    }

    synchronized void hear(Committed committed, Effect effect) {
        if (!(effect instanceof Effect.TellAgent(var agent, _, var word))) return;
        var spoken = committed.after().reign().epoch();
        if (spoken.compareTo(epoch) < 0) {
            refused++;
            return;
        }
        epoch = spoken;
        switch (word) {
            case Word.Welcome _ -> id = Optional.of(agent);
            case Word.Launch(var number, var framework, _, var task) -> {
                if (number <= order) return;
                order = number;
                started.add(new TaskKey(framework, task.id()));
            }
            case Word.Kill _,
                    Word.ShutdownFramework _,
                    Word.LaunchGroup _,
                    Word.ShutdownExecutor _,
                    Word.Message _,
                    Word.Operate _,
                    Word.OperationHeard _,
                    Word.Drained _,
                    Word.Acknowledged _ -> {}
        }
    }

    /// Every start of a task, twice if it was started twice.
    synchronized List<TaskKey> started() {
        return List.copyOf(started);
    }

    synchronized int refused() {
        return refused;
    }
}
