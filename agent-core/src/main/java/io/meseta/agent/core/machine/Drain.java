package io.meseta.agent.core.machine;

import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That this agent is to be emptied, by an operator's word.
///
/// @param graceMax no task gets longer to end; empty for as long as each task says
/// @param marksGone whether the agent is gone for good once it is empty
public record Drain(Optional<Duration> graceMax, boolean marksGone, Instant since) {

    public Drain {
        if (graceMax.isPresent() && graceMax.get().isNegative())
            throw new IllegalArgumentException("a grace is not negative");
    }

    /// What becomes of a task that comes all the same.
    Ending ending() {
        return new Ending(
                TaskState.TASK_DROPPED,
                Cause.ofAgent(
                        Cause.Reason.AGENT_DRAINING, "Task was launched on a draining agent"));
    }

    /// How long a task that says `own` gets.
    Duration grace(Duration own) {
        return graceMax.filter(max -> max.compareTo(own) < 0).orElse(own);
    }
}
