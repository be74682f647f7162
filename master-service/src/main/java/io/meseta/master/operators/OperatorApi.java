package io.meseta.master.operators;

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
    private final Sources sources;
    private final CallCounts counts;
    private final StaleAnswers stale;
    private final Rights rights;
    private final Questions questions;

    OperatorApi(
            LeaderDoor door, CallReader reader, Sources sources, CallCounts counts, Rights rights) {
        this.door = door;
        this.reader = reader;
        this.sources = sources;
        this.counts = counts;
        this.questions = new Questions(sources, rights);
        this.stale = new StaleAnswers(door, reader, questions);
        this.rights = rights;
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
            case GET_HEALTH,
                    GET_VERSION,
                    GET_FLAGS,
                    GET_METRICS,
                    GET_LOGGING_LEVEL,
                    LIST_FILES,
                    READ_FILE,
                    GET_STATE,
                    GET_AGENTS,
                    GET_TASKS,
                    GET_FRAMEWORKS,
                    GET_EXECUTORS,
                    GET_OPERATIONS,
                    GET_ROLES,
                    GET_WEIGHTS,
                    GET_QUOTA,
                    GET_MAINTENANCE_STATUS,
                    GET_MAINTENANCE_SCHEDULE ->
                    questions.answer(exchange, seen(exchange, leading), call, format);
            case SET_LOGGING_LEVEL -> sources.own().setLevel(exchange, call.getSetLoggingLevel());
            case GET_MASTER -> answer(exchange, format, sources.facts().master(leading));
            case UPDATE_WEIGHTS, SET_QUOTA, REMOVE_QUOTA, UPDATE_QUOTA ->
                    sources.roles().answer(exchange, leading, call, format);
            case SUBSCRIBE -> sources.showing().subscribe(exchange, format);
            case TEARDOWN ->
                    Teardown.answer(
                            exchange,
                            leading,
                            rights,
                            call.getTeardown().getFrameworkId().getValue());
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
        }
    }

    /// Whoever would be content with an older state is told the number of this one.
    private static Sight seen(Exchange exchange, Leading leading) {
        if (LeaderDoor.mayBeStale(exchange)) LeaderDoor.number(exchange, leading);
        return Sight.of(leading);
    }

    private UpkeepCalls upkeep(Exchange exchange, Leading leading) {
        return new UpkeepCalls(exchange, leading, rights);
    }

    private static void answer(Exchange exchange, Format format, Response.Builder response)
            throws IOException {
        exchange.bytes(format.mediaType(), format.write(response.build()));
    }
}
