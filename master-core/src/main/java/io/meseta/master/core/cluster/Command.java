package io.meseta.master.core.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;

import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.framework.OfferWishes;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.core.operation.OperationQuestion;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.upkeep.UpkeepWish;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.Principal;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.Weight;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// A wish put to the cluster. It may be refused.
public sealed interface Command {

    /// A wish of a framework that has subscribed before.
    sealed interface FromFramework extends Command {
        Caller caller();
    }

    /// A wish of an agent that has said hello before.
    sealed interface FromAgent extends Command {
        AgentId agent();

        LinkId link();
    }

    /// Which framework asks, and how it proves that it is the one that subscribed.
    record Caller(
            FrameworkId framework, Optional<StreamId> stream, Optional<Principal> principal) {}

    /// Lead from now on.
    record Lead(Epoch epoch, MasterId master, Terms terms) implements Command {}

    /// Let time pass: end whatever is due.
    record Tick() implements Command {}

    /// Listen on this stream as a framework.
    ///
    /// @param id absent for a framework that wants to be given one
    record Subscribe(
            Optional<FrameworkId> id, FrameworkProfile profile, OfferWishes wishes, StreamId stream)
            implements Command {

        /// Of a framework that takes offers of any agent.
        public Subscribe(
                Optional<FrameworkId> id,
                FrameworkProfile profile,
                SortedSet<Role> suppressed,
                StreamId stream) {
            this(id, profile, new OfferWishes(suppressed, OfferConstraints.NONE), stream);
        }
    }

    /// Have another description and other wishes from now on, on the same stream.
    ///
    /// @param profile what it says of itself; its identity stays, whatever is said here
    record UpdateFramework(Caller caller, FrameworkProfile profile, OfferWishes wishes)
            implements FromFramework {}

    /// The framework's stream has closed.
    record LoseStream(FrameworkId framework, StreamId stream) implements Command {}

    record Accept(Caller caller, List<OfferId> offers, List<Operation> operations, Duration refusal)
            implements FromFramework {

        public Accept {
            offers = List.copyOf(offers);
            operations = List.copyOf(operations);
        }
    }

    record Decline(Caller caller, List<OfferId> offers, Duration refusal) implements FromFramework {

        public Decline {
            offers = List.copyOf(offers);
        }
    }

    /// @param roles none for all of the framework's
    record Revive(Caller caller, SortedSet<Role> roles) implements FromFramework {

        public Revive {
            roles = unmodifiableSortedSet(new TreeSet<>(roles));
        }
    }

    /// @param roles none for all of the framework's
    record Suppress(Caller caller, SortedSet<Role> roles) implements FromFramework {

        public Suppress {
            roles = unmodifiableSortedSet(new TreeSet<>(roles));
        }
    }

    /// @param policy the `KillPolicy` as it came; empty for the task's own
    record Kill(Caller caller, TaskId task, Optional<AgentId> agent, Opaque policy)
            implements FromFramework {}

    record Acknowledge(Caller caller, AgentId agent, TaskId task, UUID uuid)
            implements FromFramework {}

    /// @param questions none for all of the framework's tasks
    record Reconcile(Caller caller, List<Question> questions) implements FromFramework {

        public Reconcile {
            questions = List.copyOf(questions);
        }
    }

    record Question(TaskId task, Optional<AgentId> agent) {}

    /// @param agent empty if the framework does not say
    record AcknowledgeOperation(
            Caller caller, Optional<AgentId> agent, OperationId operation, UUID uuid)
            implements FromFramework {}

    /// @param questions none for all of the framework's operations
    record ReconcileOperations(Caller caller, List<OperationQuestion> questions)
            implements FromFramework {

        public ReconcileOperations {
            questions = List.copyOf(questions);
        }
    }

    /// Say what resources the framework needs, in the place of what it said before.
    record RequestResources(Caller caller, List<Wish> wishes) implements FromFramework {

        public RequestResources {
            wishes = List.copyOf(wishes);
        }
    }

    /// Resources of one agent.
    ///
    /// @param role empty for the framework's first
    /// @param gang all of the role with this name are needed together; empty for one by itself
    record Wish(
            Optional<Role> role, Optional<AgentId> agent, Resources needed, Optional<String> gang) {

        public Wish(Optional<Role> role, Optional<AgentId> agent, Resources needed) {
            this(role, agent, needed, Optional.empty());
        }
    }

    record Teardown(Caller caller) implements FromFramework {}

    /// End an executor, and whatever it runs.
    record ShutdownExecutor(Caller caller, AgentId agent, ExecutorId executor)
            implements FromFramework {}

    /// Say something to an executor. It may be lost.
    record SendMessage(Caller caller, AgentId agent, ExecutorId executor, Opaque data)
            implements FromFramework {}

    /// Say whether the framework leaves the machines that it was asked to leave.
    ///
    /// @param refusal how long it is not to be asked again
    record AnswerInverseOffers(Caller caller, List<OfferId> offers, boolean isYes, Duration refusal)
            implements FromFramework {

        public AnswerInverseOffers {
            offers = List.copyOf(offers);
        }
    }

    /// An operator wants something of machines.
    record KeepUp(UpkeepWish wish) implements Command {}

    /// An operator removes a framework.
    record RemoveFramework(FrameworkId framework) implements Command {}

    /// An operator wants this done to an agent's resources.
    record Operate(AgentId agent, OperationSpec spec) implements Command {}

    /// An operator gives roles weights.
    record UpdateWeights(SortedMap<Role, Weight> weights) implements Command {

        public UpdateWeights {
            weights = unmodifiableSortedMap(new TreeMap<>(weights));
        }
    }

    /// An operator gives roles quotas, all of them or none.
    ///
    /// @param isForced also where they promise more than there is, or forbid what is consumed
    record UpdateQuotas(SortedMap<Role, Quota> quotas, boolean isForced) implements Command {

        public UpdateQuotas {
            quotas = unmodifiableSortedMap(new TreeMap<>(quotas));
        }
    }

    /// An operator gives a role that has no quota a guarantee which is its limit, too.
    ///
    /// @param isForced also where it promises more than there is
    record SetQuota(Role role, Quantities guarantees, boolean isForced) implements Command {}

    record RemoveQuota(Role role) implements Command {}

    /// An operator says how a role shares with others.
    ///
    /// @param sharing empty for nothing to be said of it any more
    record ShareAs(Role role, Optional<Sharing> sharing) implements Command {}

    /// All masters can read this level, so it may be recorded from now on. Nothing happens if it is
    /// not above the active one.
    record RaiseFeatureLevel(FeatureLevel level) implements Command {}

    /// Someone beside the framework wants the task killed.
    record KillTask(TaskKey task) implements Command {}

    /// An agent says who it is and what it runs.
    ///
    /// @param id absent for an agent that wants to be given one
    record Greet(
            Optional<AgentId> id,
            AgentProfile profile,
            LinkId link,
            Recollection recollection,
            List<HeldTask> held,
            List<Outcome> outcomes,
            List<HeldExecutor> executors)
            implements Command {

        public Greet {
            held = List.copyOf(held);
            outcomes = List.copyOf(outcomes);
            executors = List.copyOf(executors);
        }

        /// As an agent says it that has no executor.
        public Greet(
                Optional<AgentId> id,
                AgentProfile profile,
                LinkId link,
                Recollection recollection,
                List<HeldTask> held,
                List<Outcome> outcomes) {
            this(id, profile, link, recollection, held, outcomes, List.of());
        }

        /// As an agent says it that has no operation to tell of.
        public Greet(
                Optional<AgentId> id,
                AgentProfile profile,
                LinkId link,
                Recollection recollection,
                List<HeldTask> held) {
            this(id, profile, link, recollection, held, List.of());
        }
    }

    /// What an agent remembers of earlier masters.
    record Recollection(Epoch epochSeen, long orderSeen) {}

    /// @param order the number of the order that launched it, which tells it from others of the
    ///   same id; 0 from an agent that does not say
    record HeldTask(TaskKey task, TaskState state, long order) {

        /// As agents say it that do not tell launches apart.
        public HeldTask(TaskKey task, TaskState state) {
            this(task, state, 0);
        }
    }

    /// @param order the number of the order that brought its first task
    record HeldExecutor(ExecutorKey executor, long order) {}

    /// An executor has ended, with all the tasks that were ordered up to `seen`.
    ///
    /// @param status its wait status, as far as it is known
    record ReportExecutorEnd(
            AgentId agent, LinkId link, HeldExecutor executor, Optional<Integer> status, long seen)
            implements FromAgent {}

    /// An executor has something to say to its framework.
    record ReportMessage(AgentId agent, LinkId link, ExecutorKey executor, Opaque data)
            implements FromAgent {}

    /// An agent's link has closed, or nothing has come over it for too long.
    record LoseLink(AgentId agent, LinkId link, Instant lastHeard) implements FromAgent {}

    /// An operation has ended.
    record ReportOperation(AgentId agent, LinkId link, Outcome outcome) implements FromAgent {}

    /// @param newest the newest state that the agent knows, which may be ahead of the status
    /// @param order as of a [HeldTask]
    record Report(
            AgentId agent, LinkId link, TaskKey task, Status status, TaskState newest, long order)
            implements FromAgent {

        /// As agents say it that do not tell launches apart.
        public Report(AgentId agent, LinkId link, TaskKey task, Status status, TaskState newest) {
            this(agent, link, task, status, newest, 0);
        }
    }
}
