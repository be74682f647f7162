package io.meseta.master.operators;

import io.meseta.authorization.Verdict;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Sight;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.maintenance.UpkeepCalls;
import io.meseta.master.resources.ResourceCalls;
import io.meseta.master.rights.Rights;
import io.meseta.master.roles.RoleCalls;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import java.io.IOException;

/// Answers the calls of operators. The order of its checks is Mesos'.
final class OperatorApi {

    static final String NAME = "operator";

    private static final int BAD_REQUEST = 400;
    private static final int NOT_ACCEPTABLE = 406;
    private static final int NOT_IMPLEMENTED = 501;

    private final LeaderDoor door;
    private final CallReader reader;
    private final Showing showing;
    private final Facts facts;
    private final CallCounts counts;
    private final StaleAnswers stale;
    private final Rights rights;
    private final RoleCalls roles;

    OperatorApi(
            LeaderDoor door,
            CallReader reader,
            Showing showing,
            Facts facts,
            CallCounts counts,
            Rights rights,
            RoleCalls roles) {
        this.door = door;
        this.reader = reader;
        this.showing = showing;
        this.facts = facts;
        this.counts = counts;
        this.stale = new StaleAnswers(door, reader, showing);
        this.rights = rights;
        this.roles = roles;
    }

    void answer(Exchange exchange) throws IOException {
        if (stale.isAskedFor(exchange)) {
            stale.answer(exchange);
            return;
        }
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        switch (reader.read(exchange, Call.getDefaultInstance())) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var call) -> {
                answer(exchange, leading.get(), call);
                counts.count(NAME, call.getType(), exchange.response().getStatus());
            }
        }
    }

    private void answer(Exchange exchange, Leading leading, Call call) throws IOException {
        var problem = OperatorCalls.problem(call);
        if (problem.isPresent()) {
            exchange.text(BAD_REQUEST, "Failed to validate master::Call: " + problem.get());
            return;
        }
        var format = exchange.answerFormat();
        if (format.isEmpty())
            exchange.text(
                    NOT_ACCEPTABLE,
                    "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
        else answer(exchange, leading, call, format.get());
    }

    @SuppressWarnings("deprecation") // deprecated calls are calls
    private void answer(Exchange exchange, Leading leading, Call call, Format format)
            throws IOException {
        switch (call.getType()) {
            case GET_HEALTH -> answer(exchange, format, facts.health());
            case GET_VERSION -> answer(exchange, format, facts.version());
            case GET_FLAGS -> {
                switch (rights.viewFlags(exchange.caller())) {
                    case Verdict.Allowed _ -> answer(exchange, format, facts.flags());
                    case Verdict.Denied denied -> exchange.forbidden(denied);
                }
            }
            case GET_METRICS -> answer(exchange, format, facts.metrics());
            case GET_MASTER -> answer(exchange, format, facts.master(leading));
            case GET_STATE, GET_AGENTS, GET_TASKS, GET_FRAMEWORKS, GET_EXECUTORS ->
                    showing.answer(exchange, Sight.of(leading), call.getType(), format);
            case GET_OPERATIONS ->
                    answer(
                            exchange,
                            format,
                            OperationsAnswer.of(
                                    leading.writer().view().cluster(),
                                    rights.visibility(exchange.caller())));
            case GET_ROLES,
                    GET_WEIGHTS,
                    UPDATE_WEIGHTS,
                    GET_QUOTA,
                    SET_QUOTA,
                    REMOVE_QUOTA,
                    UPDATE_QUOTA ->
                    roles.answer(exchange, leading, call, format);
            case SUBSCRIBE -> showing.subscribe(exchange, format);
            case TEARDOWN ->
                    Teardown.answer(
                            exchange,
                            leading,
                            rights,
                            call.getTeardown().getFrameworkId().getValue());
            case GET_MAINTENANCE_STATUS -> upkeep(exchange, leading).status(format);
            case GET_MAINTENANCE_SCHEDULE -> upkeep(exchange, leading).schedule(format);
            case UPDATE_MAINTENANCE_SCHEDULE ->
                    upkeep(exchange, leading).update(call.getUpdateMaintenanceSchedule());
            case START_MAINTENANCE -> upkeep(exchange, leading).start(call.getStartMaintenance());
            case STOP_MAINTENANCE -> upkeep(exchange, leading).stop(call.getStopMaintenance());
            case MARK_AGENT_GONE -> upkeep(exchange, leading).markGone(call.getMarkAgentGone());
            case DRAIN_AGENT -> upkeep(exchange, leading).drain(call.getDrainAgent());
            case DEACTIVATE_AGENT ->
                    upkeep(exchange, leading).deactivate(call.getDeactivateAgent());
            case REACTIVATE_AGENT ->
                    upkeep(exchange, leading).reactivate(call.getReactivateAgent());
            case RESERVE_RESOURCES ->
                    new ResourceCalls(exchange, leading, rights)
                            .reserve(call.getReserveResources());
            case UNRESERVE_RESOURCES ->
                    new ResourceCalls(exchange, leading, rights)
                            .unreserve(call.getUnreserveResources());
            case CREATE_VOLUMES ->
                    new ResourceCalls(exchange, leading, rights).create(call.getCreateVolumes());
            case DESTROY_VOLUMES ->
                    new ResourceCalls(exchange, leading, rights).destroy(call.getDestroyVolumes());
            case GROW_VOLUME ->
                    new ResourceCalls(exchange, leading, rights).grow(call.getGrowVolume());
            case SHRINK_VOLUME ->
                    new ResourceCalls(exchange, leading, rights).shrink(call.getShrinkVolume());
            case UNKNOWN -> exchange.text(NOT_IMPLEMENTED, "501 Not Implemented.");
            case GET_LOGGING_LEVEL, SET_LOGGING_LEVEL, LIST_FILES, READ_FILE ->
                    exchange.text(
                            NOT_IMPLEMENTED,
                            "501 Not Implemented. " + call.getType() + " is not supported yet.");
        }
    }

    private UpkeepCalls upkeep(Exchange exchange, Leading leading) {
        return new UpkeepCalls(exchange, leading, rights);
    }

    private static void answer(Exchange exchange, Format format, Response.Builder response)
            throws IOException {
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }
}
