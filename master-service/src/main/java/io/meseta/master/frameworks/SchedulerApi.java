package io.meseta.master.frameworks;

import io.meseta.authorization.RuleId;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.core.framework.StreamId;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.WriterDoor;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.links.Links;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.model.FrameworkId;
import java.io.IOException;

/// Answers the calls of frameworks. The order of its checks is Mesos'.
final class SchedulerApi {

    static final String NAME = "scheduler";

    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int STREAM_ID_CHARACTERS_MAX = 128;

    private final LeaderDoor door;
    private final CallReader reader;
    private final Links links;
    private final Subscribing subscribing;
    private final Updating updating;
    private final CallGate gate;
    private final Rights rights;

    SchedulerApi(
            LeaderDoor door,
            CallReader reader,
            Links links,
            CallGate gate,
            Rights rights,
            Admission admission) {
        this.door = door;
        this.reader = reader;
        this.links = links;
        this.subscribing = new Subscribing(links, admission);
        this.updating = new Updating(admission);
        this.rights = rights;
        this.gate = gate;
    }

    void answer(Exchange exchange) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        switch (reader.read(exchange, Call.getDefaultInstance())) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var call) -> {
                var before = leading.get().writer().view().cluster();
                var principal = CallGate.principal(exchange, call, before);
                if (!gate.admits(exchange, call, principal)) return;
                answer(exchange, leading.get(), call);
                gate.answered(call, exchange.response().getStatus(), principal, before);
            }
        }
    }

    private void answer(Exchange exchange, Leading leading, Call call) throws IOException {
        var problem = SchedulerCalls.problem(call);
        if (problem.isPresent()) {
            exchange.text(BAD_REQUEST, "Failed to validate scheduler::Call: " + problem.get());
        } else if (call.getType() == Call.Type.SUBSCRIBE) {
            subscribing.answer(exchange, leading, call.getSubscribe());
        } else {
            var framework = WireIds.find(call.getFrameworkId().getValue(), FrameworkId::new);
            if (framework.isEmpty()) exchange.text(BAD_REQUEST, "Framework cannot be found");
            else answer(exchange, leading, call, caller(exchange, framework.get()));
        }
    }

    private static Caller caller(Exchange exchange, FrameworkId framework) {
        var stream =
                exchange.header(Subscribing.STREAM_ID)
                        .filter(id -> !id.isEmpty())
                        // Longer than any that was given out, so cut or not it is none of them.
                        .map(id -> id.substring(0, Math.min(id.length(), STREAM_ID_CHARACTERS_MAX)))
                        .map(StreamId::new);
        return new Caller(framework, stream, Rights.principal(exchange.caller()));
    }

    private void answer(Exchange exchange, Leading leading, Call call, Caller caller)
            throws IOException {
        try {
            switch (call.getType()) {
                case ACCEPT -> accept(exchange, leading, caller, call.getAccept());
                case DECLINE ->
                        submit(exchange, leading, CallReading.decline(caller, call.getDecline()));
                case KILL -> submit(exchange, leading, CallReading.kill(caller, call.getKill()));
                case ACKNOWLEDGE ->
                        submit(
                                exchange,
                                leading,
                                CallReading.acknowledge(caller, call.getAcknowledge()));
                case RECONCILE ->
                        submit(
                                exchange,
                                leading,
                                CallReading.reconcile(caller, call.getReconcile()));
                case ACKNOWLEDGE_OPERATION_STATUS ->
                        submit(
                                exchange,
                                leading,
                                CallReading.acknowledge(
                                        caller, call.getAcknowledgeOperationStatus()));
                case RECONCILE_OPERATIONS -> {
                    if (exchange.answerFormat().isEmpty()) SchedulerAnswers.notAcceptable(exchange);
                    else
                        submit(
                                exchange,
                                leading,
                                CallReading.reconcile(caller, call.getReconcileOperations()));
                }
                case REVIVE -> revive(exchange, leading, caller, call);
                case SUPPRESS -> suppress(exchange, leading, caller, call);
                case TEARDOWN -> submit(exchange, leading, new Command.Teardown(caller));
                case ACCEPT_INVERSE_OFFERS ->
                        submit(
                                exchange,
                                leading,
                                CallReading.answer(caller, call.getAcceptInverseOffers()));
                case DECLINE_INVERSE_OFFERS ->
                        submit(
                                exchange,
                                leading,
                                CallReading.answer(caller, call.getDeclineInverseOffers()));
                case REQUEST ->
                        submit(exchange, leading, CallReading.request(caller, call.getRequest()));
                case SHUTDOWN ->
                        submit(
                                exchange,
                                leading,
                                ExecutorCallReading.shutdown(caller, call.getShutdown()));
                case MESSAGE ->
                        submit(
                                exchange,
                                leading,
                                ExecutorCallReading.message(caller, call.getMessage()));
                case UPDATE_FRAMEWORK ->
                        updating.answer(exchange, leading, caller, call.getUpdateFramework());
                case UNKNOWN, SUBSCRIBE -> {
                    if (isStanding(exchange, leading, caller))
                        SchedulerAnswers.unsupported(exchange, call.getType());
                }
            }
        } catch (Unacceptable bad) {
            exchange.text(BAD_REQUEST, "Failed to validate scheduler::Call: " + bad.getMessage());
        }
    }

    private void accept(Exchange exchange, Leading leading, Caller caller, Call.Accept accept)
            throws IOException {
        var cluster = leading.writer().view().cluster();
        var reading =
                AcceptReading.read(
                        caller.framework(),
                        accept,
                        cluster,
                        permits(exchange, cluster, caller.framework()));
        var command =
                new Command.Accept(
                        caller,
                        AcceptReading.offers(accept.getOfferIdsList()),
                        reading.operations(),
                        CallReading.refusal(accept.getFilters()));
        if (!submit(exchange, leading, command)) return;
        for (var task : reading.unnameable())
            caller.stream().ifPresent(stream -> links.tell(stream, invalid(task)));
    }

    /// Whether a task may run. Of a framework that is not there the core will say so.
    private AcceptReading.Permits permits(Exchange exchange, Cluster cluster, FrameworkId caller) {
        return new AcceptReading.Permits(
                (framework, task, role) ->
                        cluster.framework(framework)
                                .map(known ->
                                        rights.run(
                                                exchange.caller(),
                                                known.profile(),
                                                framework,
                                                task,
                                                role))
                                .orElseGet(() ->
                                        new Verdict.Denied(
                                                RuleId.DEFAULT,
                                                0,
                                                "Its framework cannot be found")),
                spec -> rights.operate(exchange.caller(), caller, spec));
    }

    /// A task without a proper id has no place in the cluster's state, but its framework waits for
    /// word of it.
    private Event invalid(TaskReading.Reading.Unnameable task) {
        var status =
                TaskStatus.newBuilder()
                        .setTaskId(TaskID.newBuilder().setValue(task.task()))
                        .setState(TaskState.TASK_ERROR)
                        .setMessage(task.problem())
                        .setSource(TaskStatus.Source.SOURCE_MASTER)
                        .setReason(TaskStatus.Reason.REASON_TASK_INVALID)
                        .setAgentId(AgentID.newBuilder().setValue(task.agent()))
                        .setTimestamp(links.seconds());
        return Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().setStatus(status))
                .build();
    }

    private void revive(Exchange exchange, Leading leading, Caller caller, Call call)
            throws IOException {
        var roles = CallReading.roles(call.getRevive().getRolesList());
        if (roles.isPresent()) submit(exchange, leading, new Command.Revive(caller, roles.get()));
        else if (isStanding(exchange, leading, caller)) exchange.empty(ACCEPTED);
    }

    private void suppress(Exchange exchange, Leading leading, Caller caller, Call call)
            throws IOException {
        var roles = CallReading.roles(call.getSuppress().getRolesList());
        if (roles.isPresent()) submit(exchange, leading, new Command.Suppress(caller, roles.get()));
        else if (isStanding(exchange, leading, caller)) exchange.empty(ACCEPTED);
    }

    private static boolean isStanding(Exchange exchange, Leading leading, Caller caller)
            throws IOException {
        var refusal = SchedulerAnswers.standing(leading.writer().view().cluster(), caller);
        if (refusal.isPresent())
            SchedulerAnswers.refuse(exchange, refusal.get(), leading.writer().view().cluster());
        return refusal.isEmpty();
    }

    /// Whether the command was accepted.
    private static boolean submit(Exchange exchange, Leading leading, Command command)
            throws IOException {
        var decision = WriterDoor.submit(exchange, leading.writer(), Lane.CLIENTS, command);
        if (decision.isEmpty()) return false;
        return switch (decision.get()) {
            case Decision.Accepted _ -> {
                exchange.empty(ACCEPTED);
                yield true;
            }
            case Decision.Refused(var refusal) -> {
                SchedulerAnswers.refuse(exchange, refusal, leading.writer().view().cluster());
                yield false;
            }
        };
    }
}
