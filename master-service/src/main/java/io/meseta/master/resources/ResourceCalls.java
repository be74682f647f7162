package io.meseta.master.resources;

import io.meseta.authorization.Verdict;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.operation.Operating;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.mesos.v1.master.Call;
import io.meseta.model.AgentId;
import java.io.IOException;
import java.util.Optional;

/// What operators want done to agents' resources. The order of the checks is Mesos'.
///
/// The answer is 202: it will be done, and counts from now on, but the agent has yet to do its
/// part.
public final class ResourceCalls {

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final Exchange exchange;
    private final Leading leading;
    private final Rights rights;

    public ResourceCalls(Exchange exchange, Leading leading, Rights rights) {
        this.exchange = exchange;
        this.leading = leading;
        this.rights = rights;
    }

    public void reserve(Call.ReserveResources wanted) throws IOException {
        var reserve =
                Operation.Reserve.newBuilder()
                        .addAllSource(wanted.getSourceList())
                        .addAllResources(wanted.getResourcesList());
        answer(wanted.getAgentId().getValue(), of(Operation.Type.RESERVE).setReserve(reserve));
    }

    public void unreserve(Call.UnreserveResources wanted) throws IOException {
        var unreserve = Operation.Unreserve.newBuilder().addAllResources(wanted.getResourcesList());
        answer(
                wanted.getAgentId().getValue(),
                of(Operation.Type.UNRESERVE).setUnreserve(unreserve));
    }

    public void create(Call.CreateVolumes wanted) throws IOException {
        var create = Operation.Create.newBuilder().addAllVolumes(wanted.getVolumesList());
        answer(wanted.getAgentId().getValue(), of(Operation.Type.CREATE).setCreate(create));
    }

    public void destroy(Call.DestroyVolumes wanted) throws IOException {
        var destroy = Operation.Destroy.newBuilder().addAllVolumes(wanted.getVolumesList());
        answer(wanted.getAgentId().getValue(), of(Operation.Type.DESTROY).setDestroy(destroy));
    }

    public void grow(Call.GrowVolume wanted) throws IOException {
        var grow =
                Operation.GrowVolume.newBuilder()
                        .setVolume(wanted.getVolume())
                        .setAddition(wanted.getAddition());
        answer(wanted.getAgentId().getValue(), of(Operation.Type.GROW_VOLUME).setGrowVolume(grow));
    }

    public void shrink(Call.ShrinkVolume wanted) throws IOException {
        var shrink =
                Operation.ShrinkVolume.newBuilder()
                        .setVolume(wanted.getVolume())
                        .setSubtract(wanted.getSubtract());
        answer(
                wanted.getAgentId().getValue(),
                of(Operation.Type.SHRINK_VOLUME).setShrinkVolume(shrink));
    }

    private static Operation.Builder of(Operation.Type type) {
        return Operation.newBuilder().setType(type);
    }

    void answer(String agentId, Operation.Builder operation) throws IOException {
        var sent = operation.build();
        var cluster = leading.writer().view().cluster();
        var agent =
                WireIds.find(agentId, AgentId::new)
                        .flatMap(cluster::agent)
                        .filter(each -> !each.isUnreachable());
        if (agent.isEmpty()) {
            exchange.text(BAD_REQUEST, "No agent found with specified ID");
            return;
        }
        var spec = read(agent.get(), sent);
        if (spec.isEmpty()) return;
        // What the writer finds out as well, but after the question of rights.
        var used = Operating.used(cluster.tasks().heldOn(agent.get().id()));
        var problem = Operating.problem(agent.get(), spec.get(), used);
        if (problem.isPresent()) {
            invalid(sent, agent.get(), problem.get());
            return;
        }
        if (rights.operate(exchange.caller(), agent.get().id(), spec.get())
                instanceof Verdict.Denied denied) {
            exchange.forbidden(denied);
            return;
        }
        operate(agent.get(), sent, spec.get());
    }

    /// Empty if it makes no sense, and then the exchange is answered.
    private Optional<OperationSpec> read(Agent agent, Operation sent) throws IOException {
        try {
            OperationWire.check(sent);
        } catch (Unacceptable invalid) {
            exchange.text(BAD_REQUEST, invalid.getMessage());
            return Optional.empty();
        }
        try {
            var asker = Asker.operator(Rights.principal(exchange.caller()), agent);
            return Optional.of(new SpecReading(asker).read(OperationWire.upgraded(sent)));
        } catch (Unacceptable invalid) {
            invalid(sent, agent, invalid.getMessage());
            return Optional.empty();
        }
    }

    private void operate(Agent agent, Operation sent, OperationSpec spec) throws IOException {
        var command = new Command.Operate(agent.id(), spec);
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return;
        switch (decision.get()) {
            case Decision.Accepted _ -> exchange.empty(ACCEPTED);
            case Decision.Refused(Refusal.OperationInvalid(var problem)) ->
                    invalid(sent, agent, problem);
            case Decision.Refused(Refusal.OperationConflicts(var problem)) ->
                    exchange.text(CONFLICT, problem);
            case Decision.Refused(Refusal.UnknownAgent _) ->
                    exchange.text(BAD_REQUEST, "No agent found with specified ID");
            case Decision.Refused(Refusal.TooMuch(var what, var limit)) ->
                    exchange.unavailable("No more than " + limit + " " + what + " at a time");
            case Decision.Refused _ -> exchange.unavailable("This master does not lead any more");
        }
    }

    /// Of two kinds of operations Mesos does not say where they are invalid.
    private void invalid(Operation sent, Agent agent, String problem) throws IOException {
        boolean isPlain =
                sent.getType() == Operation.Type.UNRESERVE
                        || sent.getType() == Operation.Type.DESTROY;
        exchange.text(
                BAD_REQUEST,
                "Invalid "
                        + sent.getType()
                        + " operation"
                        + (isPlain ? "" : " on " + agent.whereabouts())
                        + ": "
                        + problem);
    }
}
