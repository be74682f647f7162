package io.meseta.agent.core.order;

import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.Conversion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Something that the master wants done.
public sealed interface Order {

    record Launch(TaskSpec spec) implements Order {}

    /// A launch that this agent cannot carry out; `state` and `cause` say so to the framework.
    record Unfit(TaskSpec spec, TaskState state, Cause cause) implements Order {}

    /// Run tasks in an executor, which is started if there is none: one task, or a group of them
    /// which is taken whole.
    record LaunchIn(ExecutorSpec executor, List<TaskSpec> tasks, boolean isGroup) implements Order {
        public LaunchIn {
            tasks = List.copyOf(tasks);
            if (tasks.isEmpty()) throw new IllegalArgumentException("nothing to launch");
        }
    }

    /// Tasks that this agent can't run in an executor. Nothing of them is started; an executor that
    /// they would have been the first of has ended before it began, and is said to have.
    record UnfitIn(LaunchIn launch, TaskState state, Cause cause) implements Order {}

    /// Tell an executor to end, and see that it does.
    record ShutdownExecutor(ExecutorKey executor) implements Order {}

    /// End one task, within its own grace.
    record Kill(TaskKey key) implements Order {}

    /// End one task, within the grace that the order names.
    record KillWithin(TaskKey key, Duration grace) implements Order {}

    /// End every task of a framework that is gone.
    record ShutdownFramework(FrameworkId framework) implements Order {}

    /// Put some of the machine's resources in the place of others.
    ///
    /// @param about as of an [Outcome][io.meseta.agent.core.holding.Outcome]
    record Operate(Conversion conversion, Opaque about) implements Order {

        /// Of which nothing is to be shown.
        public Operate(Conversion conversion) {
            this(conversion, Opaque.EMPTY);
        }
    }

    /// The task that a kill is about.
    static Optional<TaskKey> killed(Order order) {
        return switch (order) {
            case Kill(var key) -> Optional.of(key);
            case KillWithin(var key, _) -> Optional.of(key);
            case Launch _ -> Optional.empty();
            case Unfit _ -> Optional.empty();
            case LaunchIn _ -> Optional.empty();
            case UnfitIn _ -> Optional.empty();
            case ShutdownExecutor _ -> Optional.empty();
            case ShutdownFramework _ -> Optional.empty();
            case Operate _ -> Optional.empty();
        };
    }
}
