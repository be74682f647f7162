package io.meseta.endtoend.harness;

import com.google.protobuf.ByteString;
import io.meseta.client.Agent;
import io.meseta.client.Endpoint;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskID;
import io.meseta.testkit.Await;
import java.time.Duration;

/// What a task has written, read as users read it: through the agent's public API.
public final class SandboxFiles implements AutoCloseable {

    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private final Agent agent;
    private final FrameworkID framework;

    public SandboxFiles(Endpoint agent, FrameworkID framework) {
        this.agent = new Agent(agent, CALL_MAX);
        this.framework = framework;
    }

    /// The path that the agent's file routes know the sandbox by.
    public String pathOf(String task) {
        var id = TaskID.newBuilder().setValue(task).build();
        return Await.shortly()
                .value("the agent knows the sandbox", () -> agent.sandbox(framework, id));
    }

    /// The whole of a file of a sandbox.
    public String read(String task, String file) {
        var path = pathOf(task) + "/" + file;
        var whole = ByteString.EMPTY;
        while (true) {
            var next = agent.read(path, whole.size()).orElseThrow();
            if (next.isEmpty()) return whole.toStringUtf8();
            whole = whole.concat(next);
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
