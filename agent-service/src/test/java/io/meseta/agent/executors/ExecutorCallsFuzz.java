package io.meseta.agent.executors;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.machine.Command.Word;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.json.UnreadableJson;
import io.meseta.mesos.protobuf.MalformedProtobuf;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.executor.Call;
import io.meseta.testkit.FakeTime;
import io.meseta.testkit.fuzz.Choices;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.Growth;
import io.meseta.testkit.fuzz.RecordedBodies;
import io.meseta.wire.agent.AgentCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Executors' calls, as JSON, as protobuf and grown: refused in words, or taken; and a status that
/// is taken is one that a master takes, since what a master refuses would be said again for ever.
public final class ExecutorCallsFuzz {

    private static final List<String> WORDS = List.of("t1", "t2", "e1", "f1", "a1", "done");
    private static final double SECONDS_MAX = 9_000_000_000.0;

    private static final Fuzz FUZZ =
            Fuzz.of(
                    ExecutorCallsFuzz.class,
                    ExecutorCallsFuzz::fuzzerTestOneInput,
                    ExecutorCallsFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(6_000);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length == 0) return;
        var rest = Arrays.copyOfRange(input, 1, input.length);
        try {
            take(
                    switch (input[0] & 3) {
                        case 0 ->
                                MesosJson.read(
                                        rest, Call.getDefaultInstance(), ExecutorCalls.AS_JSON);
                        case 1 -> protobuf(rest);
                        default ->
                                protobuf(
                                        new Growth(new Choices(rest, WORDS))
                                                .like(Call.getDefaultInstance())
                                                .toByteArray());
                    });
        } catch (UnreadableJson | MalformedProtobuf refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }

    private static Call protobuf(byte[] bytes) throws MalformedProtobuf {
        return MesosProtobuf.read(bytes, Call.getDefaultInstance(), ExecutorCalls.AS_PROTOBUF);
    }

    private static void take(Call call) throws Exception {
        if (ExecutorCalls.complaint(call).isPresent()) return;
        var calls = new ExecutorCalls(new FakeTime());
        var words = new ArrayList<Word>();
        switch (call.getType()) {
            case SUBSCRIBE -> {
                words.addAll(calls.words(call.getSubscribe()));
                assertThat(ExecutorCalls.tasks(call.getSubscribe())).isNotNull();
            }
            case UPDATE -> words.add(calls.word(call.getUpdate().getStatus()));
            case MESSAGE, HEARTBEAT, UNKNOWN -> {}
        }
        for (var word : words) checkReported(word);
    }

    /// What the master's door asks of a report.
    private static void checkReported(Word word) throws Exception {
        var status = TaskStatus.parseFrom(word.update().wire().asReadOnly());
        var call = AgentCall.newBuilder();
        var report = call.getReportsBuilder().addReportsBuilder().getStatusUpdateBuilder();
        report.setStatus(status).getFrameworkIdBuilder().setValue("f1");
        MesosProtobuf.read(
                call.build().toByteArray(), AgentCall.getDefaultInstance(), ProtobufLimits.DEFAULT);
        if (status.hasTimestamp()) assertThat(status.getTimestamp()).isBetween(0.0, SECONDS_MAX);
        assertThat(word.update().uuid().version()).isBetween(1, 5);
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (var body : RecordedBodies.json()) seeds.add(prefixed(0, body));
        for (var body : RecordedBodies.protobuf()) seeds.add(prefixed(1, body));
        return seeds;
    }

    private static byte[] prefixed(int kind, byte[] body) {
        var seed = new byte[body.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(body, 0, seed, 1, body.length);
        return seed;
    }
}
