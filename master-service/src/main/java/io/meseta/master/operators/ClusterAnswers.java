package io.meseta.master.operators;

import io.meseta.master.doors.Format;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.views.ClusterView;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Event;
import io.meseta.mesos.v1.master.Response;
import io.meseta.mesos.v1.master.Response.GetState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Documents that show the cluster, as large as it is, printed piece by piece. In JSON, empty lists
/// are shown, as by Mesos.
///
/// In protobuf a message can't be begun before its length is known. But a message may come in
/// pieces: whoever parses several in a row merges them, lists after lists. So it is written as many
/// small messages of the same shape, which parse to what one large one would.
final class ClusterAnswers {

    /// How many elements are in one piece.
    private static final int PIECE_MAX = 128;

    private final ClusterMessages messages;

    ClusterAnswers(ClusterView view) {
        this.messages = new ClusterMessages(view);
    }

    /// The answer to a call.
    ///
    /// @param call one that asks for state
    void response(Format format, Call.Type call, OutputStream out) throws IOException {
        switch (format) {
            case JSON ->
                    JsonPrinter.body(
                                    json -> {
                                        json.field("type", call.name());
                                        print(json, call);
                                    })
                            .writeTo(out);
            case PROTOBUF -> {
                var type = Response.Type.valueOf(call.name());
                Response.newBuilder().setType(type).buildPartial().writeTo(out);
                pieces(call, piece -> response(call, piece).buildPartial().writeTo(out));
            }
        }
    }

    /// The first event of a subscription.
    ///
    /// @param number of the newest entry of the journal in it, for whoever has asked for that
    void subscribed(Format format, double heartbeatSeconds, OptionalLong number, OutputStream out)
            throws IOException {
        switch (format) {
            case JSON ->
                    JsonPrinter.body(
                                    json -> {
                                        json.field("type", Event.Type.SUBSCRIBED.name());
                                        json.object(
                                                "subscribed",
                                                () -> subscribed(json, heartbeatSeconds));
                                        if (number.isPresent())
                                            json.field("sequence", number.getAsLong());
                                    })
                            .writeTo(out);
            case PROTOBUF -> {
                event(Event.Subscribed.newBuilder().setHeartbeatIntervalSeconds(heartbeatSeconds))
                        .setType(Event.Type.SUBSCRIBED)
                        .buildPartial()
                        .writeTo(out);
                pieces(
                        Call.Type.GET_STATE,
                        piece ->
                                event(Event.Subscribed.newBuilder().setGetState(piece))
                                        .buildPartial()
                                        .writeTo(out));
                if (number.isPresent()) out.write(OperatorFrames.number(number.getAsLong()));
            }
        }
    }

    private static Event.Builder event(Event.Subscribed.Builder subscribed) {
        return Event.newBuilder().setSubscribed(subscribed);
    }

    private void subscribed(JsonPrinter json, double heartbeatSeconds) throws IOException {
        print(json, Call.Type.GET_STATE);
        json.field("heartbeat_interval_seconds", heartbeatSeconds);
    }

    private void print(JsonPrinter json, Call.Type call) throws IOException {
        switch (call) {
            case GET_TASKS -> tasks(json);
            case GET_EXECUTORS -> executors(json);
            case GET_FRAMEWORKS -> frameworks(json);
            case GET_AGENTS -> agents(json);
            default ->
                    json.object(
                            "get_state",
                            () -> {
                                tasks(json);
                                executors(json);
                                frameworks(json);
                                agents(json);
                            });
        }
    }

    private void tasks(JsonPrinter json) throws IOException {
        json.object(
                "get_tasks",
                () -> {
                    json.array("tasks", messages.tasks(), json::message);
                    json.array("unreachable_tasks", messages.unreachableTasks(), json::message);
                    json.array("completed_tasks", messages.completedTasks(), json::message);
                });
    }

    /// There are none: every task is its own.
    private static void executors(JsonPrinter json) throws IOException {
        json.object("get_executors", () -> json.array("executors", Stream.empty(), json::message));
    }

    private void frameworks(JsonPrinter json) throws IOException {
        json.object(
                "get_frameworks",
                () -> {
                    json.array("frameworks", messages.frameworks(), json::message);
                    json.array(
                            "completed_frameworks", messages.completedFrameworks(), json::message);
                });
    }

    private void agents(JsonPrinter json) throws IOException {
        json.object(
                "get_agents",
                () -> {
                    json.array("agents", messages.agents(), json::message);
                    json.array("recovered_agents", Stream.empty(), json::message);
                });
    }

    /// Writes a part of what there is to show.
    private interface Part {
        void write(GetState.Builder piece) throws IOException;
    }

    private static Response.Builder response(Call.Type call, GetState.Builder piece) {
        var response = Response.newBuilder();
        return switch (call) {
            case GET_TASKS -> response.setGetTasks(piece.getGetTasksBuilder());
            case GET_EXECUTORS -> response.setGetExecutors(piece.getGetExecutorsBuilder());
            case GET_FRAMEWORKS -> response.setGetFrameworks(piece.getGetFrameworksBuilder());
            case GET_AGENTS -> response.setGetAgents(piece.getGetAgentsBuilder());
            default -> response.setGetState(piece);
        };
    }

    private void pieces(Call.Type call, Part out) throws IOException {
        // Also where there is nothing to show, what was asked for is there.
        out.write(
                GetState.newBuilder()
                        .setGetTasks(Response.GetTasks.getDefaultInstance())
                        .setGetExecutors(Response.GetExecutors.getDefaultInstance())
                        .setGetFrameworks(Response.GetFrameworks.getDefaultInstance())
                        .setGetAgents(Response.GetAgents.getDefaultInstance()));
        boolean isAll = call == Call.Type.GET_STATE;
        if (isAll || call == Call.Type.GET_TASKS) taskPieces(out);
        if (isAll || call == Call.Type.GET_FRAMEWORKS) frameworkPieces(out);
        if (isAll || call == Call.Type.GET_AGENTS)
            cut(
                    messages.agents(),
                    (piece, some) -> piece.getGetAgentsBuilder().addAllAgents(some),
                    out);
    }

    private void taskPieces(Part out) throws IOException {
        cut(messages.tasks(), (piece, some) -> piece.getGetTasksBuilder().addAllTasks(some), out);
        cut(
                messages.unreachableTasks(),
                (piece, some) -> piece.getGetTasksBuilder().addAllUnreachableTasks(some),
                out);
        cut(
                messages.completedTasks(),
                (piece, some) -> piece.getGetTasksBuilder().addAllCompletedTasks(some),
                out);
    }

    private void frameworkPieces(Part out) throws IOException {
        cut(
                messages.frameworks(),
                (piece, some) -> piece.getGetFrameworksBuilder().addAllFrameworks(some),
                out);
        cut(
                messages.completedFrameworks(),
                (piece, some) -> piece.getGetFrameworksBuilder().addAllCompletedFrameworks(some),
                out);
    }

    private static <T> void cut(Stream<T> all, BiConsumer<GetState.Builder, List<T>> into, Part out)
            throws IOException {
        var each = all.iterator();
        var some = new ArrayList<T>(PIECE_MAX);
        while (each.hasNext()) {
            some.add(each.next());
            if (some.size() < PIECE_MAX && each.hasNext()) continue;
            var piece = GetState.newBuilder();
            into.accept(piece, some);
            out.write(piece);
            some.clear();
        }
    }
}
