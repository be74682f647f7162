package io.meseta.agent.core.machine;

import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.Interest;
import io.meseta.agent.core.task.KillMotive;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.agent.core.task.TaskPhase;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.Optional;

/// Tasks that are to end before their time.
final class Killing {

    private final Deciding deciding;

    Killing(Deciding deciding) {
        this.deciding = deciding;
    }

    /// Whoever asks for the end of a task whose id was used again means the new one.
    ///
    /// @param grace as whoever asks has said it; empty for the task's own
    void ask(AgentTask task, Optional<Duration> grace) {
        if (task.interest() instanceof Interest.Succeeded(var spec, var order, var doom)) {
            if (doom.isPresent()) return;
            var ending = Optional.of(Ending.duringLaunch());
            var next = new Interest.Succeeded(spec, order, ending);
            deciding.add(task.key(), new TaskEvent.Succeeded(next));
        } else if (task.spec().isHosted() && task.stage() != Stage.ORDERED) {
            askExecutor(task, grace);
        } else {
            kill(task, KillMotive.ASKED, grace.orElse(task.spec().killGrace()));
        }
    }

    /// Only the executor can end it; it is asked again as often as somebody asks.
    private void askExecutor(AgentTask task, Optional<Duration> grace) {
        switch (task.phase()) {
            case TaskPhase.Ended() -> {}
            case TaskPhase.Killing _ -> handKill(task, grace);
            case TaskPhase.Ordered(), TaskPhase.Launching(), TaskPhase.Running _ -> {
                begin(task, KillMotive.ASKED, TaskSpec.UNLIMITED);
                handKill(task, grace);
            }
        }
    }

    void handKill(AgentTask task, Optional<Duration> grace) {
        deciding.executorOf(task)
                .ifPresent(executor ->
                        deciding.add(
                                executor.key(),
                                new ExecutorEvent.KillHanded(
                                        task.key(), grace.map(Killing::clipped))));
    }

    void kill(AgentTask task, KillMotive motive, Duration grace) {
        // Only the executor can end it.
        boolean isForOthers = task.spec().isHosted() && task.stage() != Stage.ORDERED;
        if (isForOthers) {
            askExecutor(task, Optional.empty());
            return;
        }
        var forceAt = deciding.now().plus(clipped(grace));
        switch (task.phase()) {
            case TaskPhase.Ordered() -> deciding.end(task.key(), Ending.duringLaunch());
            case TaskPhase.Launching() -> begin(task, motive, clipped(grace));
            case TaskPhase.Running _ -> begin(task, motive, clipped(grace));
            case TaskPhase.Killing(_, var before, _) -> {
                if (forceAt.isBefore(before)) {
                    deciding.add(task.key(), new TaskEvent.KillHastened(forceAt));
                }
            }
            case TaskPhase.Ended() -> {}
        }
    }

    void begin(AgentTask task, KillMotive motive, Duration grace) {
        deciding.add(task.key(), new TaskEvent.KillBegun(motive, deciding.now().plus(grace)));
        boolean isHeard = motive != KillMotive.UNWANTED && !task.isAbandoned();
        if (isHeard && task.spec().hearsKilling() && !task.spec().isHosted()) {
            var update =
                    deciding.update(TaskState.TASK_KILLING, deciding.machine().said(Cause.plain()));
            deciding.add(task.key(), new TaskEvent.Told(update));
        }
    }

    void abandon(AgentTask task) {
        if (!(task.interest() instanceof Interest.Abandoned))
            deciding.add(task.key(), new TaskEvent.Abandoned());
        if (task.stage() == Stage.ENDED) {
            deciding.add(task.key(), new TaskEvent.Forgotten());
        } else if (!task.spec().isHosted() || task.stage() == Stage.ORDERED) {
            // What an executor runs ends with its executor, which is told to end as well.
            kill(task, KillMotive.UNWANTED, task.spec().killGrace());
        }
    }

    private static Duration clipped(Duration grace) {
        if (grace.isNegative()) return Duration.ZERO;
        return grace.compareTo(TaskSpec.UNLIMITED) > 0 ? TaskSpec.UNLIMITED : grace;
    }
}
