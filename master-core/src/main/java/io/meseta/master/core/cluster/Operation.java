package io.meseta.master.core.cluster;

import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.OperationId;
import io.meseta.model.TaskId;
import io.meseta.model.status.StatusReason;
import java.util.List;
import java.util.Optional;

/// One thing a framework wants done with the resources of the offers it accepts.
public sealed interface Operation {

    /// Run these tasks, each for itself.
    record Launch(List<Proposal> proposals) implements Operation {

        public Launch {
            proposals = List.copyOf(proposals);
        }
    }

    /// Run these tasks in one executor, all of them or none. What needs no state to check has been
    /// checked.
    record LaunchGroup(ExecutorSpec executor, List<Proposal.Wellformed> tasks)
            implements Operation {

        public LaunchGroup {
            tasks = List.copyOf(tasks);
            if (tasks.isEmpty()) throw new IllegalArgumentException("Task group cannot be empty");
        }
    }

    /// Make other resources of some. What needs no state to check has been checked.
    ///
    /// @param id by which the framework waits for its end; empty if it does not
    /// @param warrant as of a [Proposal.Wellformed]
    record Convert(Optional<OperationId> id, OperationSpec spec, String warrant)
            implements Operation {}

    /// Something that can't be done whatever the state, with the words to say so.
    record Invalid(Optional<OperationId> id, String message) implements Operation {}

    /// A task as a framework proposes it.
    sealed interface Proposal {

        TaskId task();

        /// What needs no state to check has been checked.
        ///
        /// @param agent where the framework says that it shall run
        /// @param warrant by which rule of which policies it may, in words of whoever decided;
        ///   empty where nobody is asked. It is carried, and changes nothing here
        /// @param executor which the task brings along; empty for a command
        record Wellformed(
                TaskSpec spec, AgentId agent, String warrant, Optional<ExecutorSpec> executor)
                implements Proposal {

            public Wellformed(TaskSpec spec, AgentId agent, String warrant) {
                this(spec, agent, warrant, Optional.empty());
            }

            public Wellformed(TaskSpec spec, AgentId agent) {
                this(spec, agent, "");
            }

            @Override
            public TaskId task() {
                return spec.id();
            }
        }

        /// It can't be run as it is, whatever the state.
        record Malformed(TaskId task, AgentId agent, StatusReason reason, String message)
                implements Proposal {}
    }
}
