package io.meseta.master.core.cluster.effect;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.core.upkeep.InverseOffer;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What the shell must now do. Each is idempotent for its receiver, and each that must survive a
/// crash is made again from the state when the receiver comes back.
public sealed interface Effect {

    /// Send something down a framework's stream.
    record TellFramework(FrameworkId framework, StreamId stream, News news) implements Effect {}

    /// End a framework's stream, with an ERROR event if there are words for one.
    record EndStream(FrameworkId framework, StreamId stream, Optional<String> error)
            implements Effect {}

    /// Send something down an agent's link.
    record TellAgent(AgentId agent, LinkId link, Word word) implements Effect {}

    /// End an agent's link, since a newer one has taken its place or the agent was given up.
    record EndLink(AgentId agent, LinkId link, String reason) implements Effect {}

    /// End an agent's link for more than a moment.
    record Dismiss(AgentId agent, LinkId link, Then then, String reason) implements Effect {}

    /// What a dismissed agent is to do.
    enum Then {
        /// End every task and never come back.
        STAY_AWAY,
        /// End every task, and come back when it is let in.
        END_TASKS
    }

    /// What a framework may hear.
    sealed interface News {

        record Subscribed() implements News {}

        record Offered(List<Offer> offers) implements News {

            public Offered {
                offers = List.copyOf(offers);
            }
        }

        record Rescinded(OfferId offer) implements News {}

        /// @param status in the words that this framework knows
        record Updated(TaskKey task, Optional<AgentId> agent, Status status) implements News {}

        record OperationUpdated(OperationStatus status) implements News {}

        /// It is asked to leave an agent.
        record Asked(List<InverseOffer> offers) implements News {

            public Asked {
                offers = List.copyOf(offers);
            }
        }

        /// It is not asked any more.
        record Unasked(OfferId offer) implements News {}

        /// The agent is lost to the cluster.
        record AgentFailed(AgentId agent) implements News {}

        /// One of its executors has ended.
        ///
        /// @param status its wait status, as far as it is known
        record ExecutorFailed(AgentId agent, ExecutorId executor, Optional<Integer> status)
                implements News {}

        /// One of its executors has something to say.
        record Message(AgentId agent, ExecutorId executor, Opaque data) implements News {}
    }

    /// What an agent may hear.
    sealed interface Word {

        /// @param drain empty unless the agent is being emptied, or has been
        record Welcome(Epoch epoch, Optional<Drain> drain) implements Word {

            /// To an agent that is not being emptied.
            public Welcome(Epoch epoch) {
                this(epoch, Optional.empty());
            }
        }

        record Launch(long number, FrameworkId framework, FrameworkProfile profile, TaskSpec task)
                implements Word {}

        /// Run these together, in an executor that is started if there is none.
        record LaunchGroup(
                long number,
                FrameworkId framework,
                FrameworkProfile profile,
                ExecutorSpec executor,
                List<TaskSpec> tasks)
                implements Word {

            public LaunchGroup {
                tasks = List.copyOf(tasks);
            }
        }

        record ShutdownExecutor(long number, ExecutorKey executor) implements Word {}

        /// What a framework says to one of its executors.
        record Message(ExecutorKey executor, Opaque data) implements Word {}

        /// @param policy the `KillPolicy` as it came; empty for the task's own
        record Kill(long number, TaskKey task, Opaque policy) implements Word {}

        record ShutdownFramework(long number, FrameworkId framework) implements Word {}

        /// Make other resources of some.
        record Operate(OrderedOperation operation) implements Word {}

        /// The end of the operation that was ordered by this number is known.
        record OperationHeard(long order) implements Word {}

        record Acknowledged(TaskKey task, UUID uuid) implements Word {}

        /// It is to be emptied; or not any more, if there is no drain.
        record Drained(Optional<Drain> drain) implements Word {}
    }
}
