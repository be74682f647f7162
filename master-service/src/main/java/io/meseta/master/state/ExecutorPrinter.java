package io.meseta.master.state;

import io.meseta.master.core.executor.Executor;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.wire.Sealed;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ExecutorInfo;
import java.io.IOException;

/// Prints executors as the older endpoints do.
final class ExecutorPrinter {

    private final JsonPrinter json;

    ExecutorPrinter(JsonPrinter json) {
        this.json = json;
    }

    @SuppressWarnings("deprecation") // `source` is old, and tools still sort by it.
    void print(Executor executor) throws IOException {
        var info = Sealed.executor(executor.spec().wire());
        json.object(() -> {
            json.field("executor_id", info.getExecutorId().getValue());
            json.field("name", info.getName());
            json.field("framework_id", executor.key().framework().value());
            json.object("command", () -> command(info.getCommand()));
            ResourcesPrinter.print(json, "resources", executor.spec().resources());
            json.field("role", executor.role().name());
            if (info.hasType() && info.getType() != ExecutorInfo.Type.UNKNOWN)
                json.field("type", info.getType().name());
            if (info.hasLabels())
                json.array("labels", info.getLabels().getLabelsList().stream(), json::message);
            json.field("slave_id", executor.agent().value());
        });
    }

    private void command(CommandInfo command) throws IOException {
        json.field("value", command.getValue());
        json.strings("argv", command.getArgumentsList().stream());
        if (command.hasEnvironment())
            json.object(
                    "environment",
                    () ->
                            json.array(
                                    "variables",
                                    command.getEnvironment().getVariablesList().stream(),
                                    json::message));
        json.array("uris", command.getUrisList().stream(), json::message);
    }
}
