package io.meseta.agent.service;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.mesos.json.JsonLimits;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.agent.Response;
import io.meseta.testkit.corpus.Differences;
import io.meseta.testkit.corpus.Ids;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Replay;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replays what was recorded of a running Mesos' agent, where the recordings are. What is known to
/// differ, and why, is in `corpus-differences.txt`; a difference that is gone must go from there.
@Timeout(60)
final class CorpusIT {

    private static final int LOG_BYTES = 11_595;

    private static final String MASTER = "4b7c2a10-7a5b-4a86-9d3f-2f64f5f3e0aa";

    @TempDir private Path work;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agent-endpoints",
                "agent-operator",
                "agent-operator-errors",
                "agent-standalone",
                "executor-errors"
            })
    void answersAsMesosDid(String group) throws Exception {
        var folder = Recorded.folder();
        assumeTrue(folder.isPresent(), "the recordings are not beside the repository");
        try (var master = new FakeMaster()) {
            master.agentId = MASTER + "-S0";
            // As long as the recorded one was when it was asked how long it is.
            var log = Files.writeString(work.resolve("agent.log"), "l".repeat(LOG_BYTES));
            try (var agent =
                    RunningAgent.start(
                            work,
                            master,
                            "--meseta.agent.hostname=127.0.0.1",
                            "--logging.file.name=" + log,
                            "--logging.level.io.meseta=OFF",
                            "--logging.level.org=OFF")) {
                master.awaitHello(1);
                if (group.equals("agent-operator")) runOnce(master);
                var replay =
                        new Replay(
                                new RawHttp(agent.port()),
                                CorpusIT::json,
                                new Ids(Optional.of(master.agentId)));

                Recorded.group(folder.get(), group).forEach(replay::replay);

                differences().check(group, replay);
            }
        }
    }

    /// The framework and the task that had been there when the calls were recorded.
    private static void runOnce(FakeMaster master) throws Exception {
        var framework =
                """
                {"user": "root", "name": "mesos-execute instance", "id": {"value": "%s-0000"},
                 "failover_timeout": 0.0, "checkpoint": false, "role": "*", "capabilities": [
                     {"type": "RESERVATION_REFINEMENT"}, {"type": "TASK_KILLING_STATE"},
                     {"type": "REVOCABLE_RESOURCES"}, {"type": "PARTITION_AWARE"}]}
                """
                        .formatted(MASTER);
        var task =
                """
                {"name": "t", "task_id": {"value": "t"}, "agent_id": {"value": "%s"},
                 "command": {"value": "echo hi"}, "resources": [
                     {"name": "cpus", "type": "SCALAR", "scalar": {"value": 1.0},
                      "allocation_info": {"role": "*"}},
                     {"name": "mem", "type": "SCALAR", "scalar": {"value": 128.0},
                      "allocation_info": {"role": "*"}}]}
                """
                        .formatted(master.agentId);
        master.launch(
                read(framework, FrameworkInfo.getDefaultInstance()).toBuilder(),
                read(task, TaskInfo.getDefaultInstance()).toBuilder());
        master.await("t", TaskState.TASK_FINISHED);
    }

    private static <T extends com.google.protobuf.Message> T read(String json, T prototype)
            throws Exception {
        return MesosJson.read(json.getBytes(StandardCharsets.UTF_8), prototype, JsonLimits.DEFAULT);
    }

    private static byte[] json(byte[] response) {
        try {
            return MesosJson.write(Response.parseFrom(response));
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError("not a response", broken);
        }
    }

    private static Differences differences() throws Exception {
        return Differences.read(
                Objects.requireNonNull(
                        CorpusIT.class.getResourceAsStream("/corpus-differences.txt")));
    }
}
