package io.meseta.endtoend;

import static io.meseta.endtoend.wire.RawRequest.get;
import static io.meseta.endtoend.wire.RawRequest.json;
import static io.meseta.endtoend.wire.RawRequest.protobuf;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.endtoend.wire.Probe;
import io.meseta.endtoend.wire.RawAnswer;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.scheduler.Call;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is sent to a master or an agent gets an answer that says what is wrong with it, in
/// Mesos' words where Mesos has some, and harms nobody.
final class HostileInputIT {

    @RegisterExtension static final Running RUNNING = Running.cluster(Setup.named("hostile-input"));

    private static final String SCHEDULER = "/api/v1/scheduler";
    private static final String LINK = "/api/meseta/v1/agent-link";

    private static final int TOO_MUCH = 17 * 1024 * 1024;

    @AfterEach
    void nothingHasCrashed() {
        var cluster = RUNNING.cluster();
        assertThat(cluster.master().isAlive()).isTrue();
        assertThat(cluster.agent(1).isAlive()).isTrue();
    }

    static Stream<Probe> probesOfTheAgentLink() {
        return Stream.of(
                Probe.refused("a GET", get(LINK), 405),
                Probe.refused("JSON", json(LINK, "{}"), 415),
                Probe.refused("an empty call", protobuf(LINK, new byte[0]), 400),
                Probe.refused("garbage", protobuf(LINK, new byte[] {-1, -1, -1}), 400),
                Probe.refused("a hello without a body", protobuf(LINK, new byte[] {10, 0}), 400),
                Probe.refused(
                        "a heartbeat of no stream", protobuf(LINK, new byte[] {26, 0}), 400, 409),
                Probe.refused(
                        "reports of an unknown stream",
                        protobuf(LINK, new byte[] {18, 0}).with("Meseta-Stream-Id", "nonsense"),
                        400,
                        409),
                Probe.refused("17 MiB", protobuf(LINK, new byte[TOO_MUCH]), 400, 413));
    }

    @ParameterizedTest
    @MethodSource("io.meseta.endtoend.hostile.SchedulerProbes#all")
    void masterAnswersTheSchedulerApi(Probe probe) throws Exception {
        probe.check(masterPort());
    }

    @ParameterizedTest
    @MethodSource({
        "io.meseta.endtoend.hostile.OperatorProbes#ofMasters",
        "io.meseta.endtoend.hostile.OperatorProbes#ofReads"
    })
    void masterAnswersOperators(Probe probe) throws Exception {
        probe.check(masterPort());
    }

    @ParameterizedTest
    @MethodSource("probesOfTheAgentLink")
    void masterAnswersAgents(Probe probe) throws Exception {
        probe.check(masterPort());
    }

    @ParameterizedTest
    @MethodSource({
        "io.meseta.endtoend.hostile.OperatorProbes#ofAgents",
        "io.meseta.endtoend.hostile.OperatorProbes#ofFiles",
        "io.meseta.endtoend.hostile.OperatorProbes#ofReads"
    })
    void agentAnswers(Probe probe) throws Exception {
        probe.check(agentPort());
    }

    @Test
    void survivesEveryPrefixOfACall() throws Exception {
        var call = call();

        for (int length = 0; length < call.length; length++) {
            var answer =
                    RawAnswer.to(masterPort(), protobuf(SCHEDULER, Arrays.copyOf(call, length)));

            assertThat(answer.status()).as("the first %d bytes", length).isIn(200, 400);
        }
    }

    @Test
    void survivesCallsWithFlippedBits() throws Exception {
        var random = new Random(25);

        for (int round = 0; round < 200; round++) {
            var call = call();
            for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
                call[random.nextInt(call.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var answer = RawAnswer.to(masterPort(), protobuf(SCHEDULER, call));
            assertThat(answer.status()).as("round %d", round).isIn(200, 400, 403, 406, 501);
        }
    }

    @Test
    void stillRunsTasksAfterAllThat() throws Exception {
        RawAnswer.to(masterPort(), json(SCHEDULER, "["));
        var cluster = RUNNING.cluster();
        try (var framework = TestFramework.subscribe(cluster.masterEndpoint(), "unharmed")) {
            framework.launch(TaskWish.shell("unharmed", "true"));

            framework.await("unharmed", TaskState.TASK_FINISHED);
        }

        assertThat(cluster.master().output()).doesNotContain("OutOfMemory", "StackOverflow");
        assertThat(cluster.agent(1).output()).doesNotContain("OutOfMemory", "StackOverflow");
    }

    /// A subscription, which would be granted.
    private static byte[] call() {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        call.getSubscribeBuilder()
                .setFrameworkInfo(
                        FrameworkInfo.newBuilder()
                                .setName("mutant")
                                .setUser("nobody")
                                .setHostname("host"));
        return call.build().toByteArray();
    }

    private static int masterPort() {
        return RUNNING.cluster().masterEndpoint().base().getPort();
    }

    private static int agentPort() {
        return RUNNING.cluster().agentEndpoint(1).base().getPort();
    }
}
