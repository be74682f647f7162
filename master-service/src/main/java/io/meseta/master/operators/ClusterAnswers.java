package io.meseta.master.operators;

import io.meseta.master.rights.View;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import java.io.IOException;
import java.util.stream.Stream;

/// Answers that show the cluster, as large as it is. In JSON they are printed piece by piece, and
/// empty lists are shown, as by Mesos; in protobuf there is no way but to build them whole.
final class ClusterAnswers {

    private final ClusterMessages messages;

    ClusterAnswers(Cluster cluster, View view) {
        this.messages = new ClusterMessages(cluster, view);
    }

    /// @param call one that asks for state
    void answer(Exchange exchange, Format format, Call.Type call) throws IOException {
        switch (format) {
            case JSON ->
                    exchange.json(
                            JsonPrinter.body(json -> {
                                json.field("type", call.name());
                                print(json, call);
                            }));
            case PROTOBUF -> exchange.bytes(format.mediaType(), response(call).toByteArray());
        }
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

    private Response response(Call.Type call) {
        var response = Response.newBuilder();
        switch (call) {
            case GET_TASKS -> response.setType(Response.Type.GET_TASKS).setGetTasks(tasks());
            case GET_EXECUTORS ->
                    response.setType(Response.Type.GET_EXECUTORS)
                            .setGetExecutors(Response.GetExecutors.getDefaultInstance());
            case GET_FRAMEWORKS ->
                    response.setType(Response.Type.GET_FRAMEWORKS).setGetFrameworks(frameworks());
            case GET_AGENTS -> response.setType(Response.Type.GET_AGENTS).setGetAgents(agents());
            default ->
                    response.setType(Response.Type.GET_STATE)
                            .setGetState(
                                    Response.GetState.newBuilder()
                                            .setGetTasks(tasks())
                                            .setGetExecutors(
                                                    Response.GetExecutors.getDefaultInstance())
                                            .setGetFrameworks(frameworks())
                                            .setGetAgents(agents()));
        }
        return response.build();
    }

    private Response.GetTasks.Builder tasks() {
        var tasks = Response.GetTasks.newBuilder();
        messages.tasks().forEach(tasks::addTasks);
        messages.unreachableTasks().forEach(tasks::addUnreachableTasks);
        messages.completedTasks().forEach(tasks::addCompletedTasks);
        return tasks;
    }

    private Response.GetFrameworks.Builder frameworks() {
        var frameworks = Response.GetFrameworks.newBuilder();
        messages.frameworks().forEach(frameworks::addFrameworks);
        messages.completedFrameworks().forEach(frameworks::addCompletedFrameworks);
        return frameworks;
    }

    private Response.GetAgents.Builder agents() {
        var agents = Response.GetAgents.newBuilder();
        messages.agents().forEach(agents::addAgents);
        return agents;
    }
}
