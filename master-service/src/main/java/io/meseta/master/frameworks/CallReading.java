package io.meseta.master.frameworks;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.gang.Gang;
import io.meseta.master.core.offer.RefusalPeriod;
import io.meseta.master.core.operation.OperationQuestion;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Filters;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/// Makes commands of calls that name things by their ids.
final class CallReading {

    private CallReading() {}

    static Command kill(Caller caller, Call.Kill kill) throws Unacceptable {
        return new Command.Kill(
                caller,
                WireIds.read(kill.getTaskId().getValue(), TaskId::new),
                agent(kill.hasAgentId(), kill.getAgentId()),
                kill.hasKillPolicy() ? Sealed.seal(kill.getKillPolicy()) : Opaque.EMPTY);
    }

    static Command acknowledge(Caller caller, Call.Acknowledge acknowledge) throws Unacceptable {
        return new Command.Acknowledge(
                caller,
                WireIds.read(acknowledge.getAgentId().getValue(), AgentId::new),
                WireIds.read(acknowledge.getTaskId().getValue(), TaskId::new),
                WireIds.uuid(acknowledge.getUuid().toByteArray()));
    }

    static Command reconcile(Caller caller, Call.Reconcile reconcile) throws Unacceptable {
        var questions = new ArrayList<Command.Question>();
        for (var task : reconcile.getTasksList())
            questions.add(
                    new Command.Question(
                            WireIds.read(task.getTaskId().getValue(), TaskId::new),
                            agent(task.hasAgentId(), task.getAgentId())));
        return new Command.Reconcile(caller, questions);
    }

    static Command acknowledge(Caller caller, Call.AcknowledgeOperationStatus receipt)
            throws Unacceptable {
        return new Command.AcknowledgeOperation(
                caller,
                agent(receipt.hasAgentId(), receipt.getAgentId()),
                WireIds.read(receipt.getOperationId().getValue(), OperationId::new),
                WireIds.uuid(receipt.getUuid().toByteArray()));
    }

    static Command reconcile(Caller caller, Call.ReconcileOperations reconcile)
            throws Unacceptable {
        var questions = new ArrayList<OperationQuestion>();
        for (var operation : reconcile.getOperationsList())
            questions.add(
                    new OperationQuestion(
                            WireIds.read(operation.getOperationId().getValue(), OperationId::new),
                            agent(operation.hasAgentId(), operation.getAgentId())));
        return new Command.ReconcileOperations(caller, questions);
    }

    /// Mesos' own allocator passes over requests; here they say what the framework needs.
    static Command request(Caller caller, Call.Request request) throws Unacceptable {
        var wishes = new ArrayList<Command.Wish>();
        for (var each : request.getRequestsList())
            wishes.add(
                    new Command.Wish(
                            role(ResourceReading.allocationRoles(each.getResourcesList())),
                            agent(each.hasAgentId(), each.getAgentId()),
                            ResourceReading.read(each.getResourcesList()),
                            GangLabel.read(each.getLabels())));
        long gangs =
                wishes.stream()
                        .filter(wish -> wish.gang().isPresent())
                        .map(wish -> Map.entry(wish.role(), wish.gang()))
                        .distinct()
                        .count();
        if (gangs > Gang.EACH_MAX)
            throw new Unacceptable("A framework has at most " + Gang.EACH_MAX + " gangs");
        return new Command.RequestResources(caller, wishes);
    }

    /// The role that the resources of a request are for; empty if they do not say.
    private static Optional<Role> role(SortedSet<String> named) throws Unacceptable {
        if (named.isEmpty()) return Optional.empty();
        if (named.size() > 1) throw new Unacceptable("A request is for one role");
        var name = named.getFirst();
        var problem = Role.problem(name);
        if (problem.isPresent()) throw new Unacceptable(problem.get());
        return Optional.of(new Role(name));
    }

    static Command decline(Caller caller, Call.Decline decline) {
        return new Command.Decline(
                caller,
                AcceptReading.offers(decline.getOfferIdsList()),
                refusal(decline.getFilters()));
    }

    static Command answer(Caller caller, Call.AcceptInverseOffers accept) {
        return new Command.AnswerInverseOffers(
                caller,
                AcceptReading.offers(accept.getInverseOfferIdsList()),
                true,
                refusal(accept.getFilters()));
    }

    static Command answer(Caller caller, Call.DeclineInverseOffers decline) {
        return new Command.AnswerInverseOffers(
                caller,
                AcceptReading.offers(decline.getInverseOfferIdsList()),
                false,
                refusal(decline.getFilters()));
    }

    static Duration refusal(Filters filters) {
        return RefusalPeriod.ofWire(
                filters.hasRefuseSeconds()
                        ? OptionalDouble.of(filters.getRefuseSeconds())
                        : OptionalDouble.empty());
    }

    /// The roles of a REVIVE or a SUPPRESS; empty if one of them can't be a role, since Mesos
    /// passes over such a call whole.
    static Optional<SortedSet<Role>> roles(List<String> names) {
        var roles = new TreeSet<Role>();
        for (var name : names) {
            if (Role.problem(name).isPresent()) return Optional.empty();
            roles.add(new Role(name));
        }
        return Optional.of(roles);
    }

    /// An agent that can't be is one that nobody knows: it is kept apart from "any agent".
    private static Optional<AgentId> agent(boolean isNamed, AgentID id) throws Unacceptable {
        return isNamed ? Optional.of(WireIds.read(id.getValue(), AgentId::new)) : Optional.empty();
    }
}
