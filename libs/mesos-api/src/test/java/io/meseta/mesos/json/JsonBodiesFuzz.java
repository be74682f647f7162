package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.meseta.mesos.protobuf.MesosProtobuf;
import io.meseta.mesos.protobuf.ProtobufLimits;
import io.meseta.testkit.fuzz.Fuzz;
import io.meseta.testkit.fuzz.RecordedBodies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A first byte says for which kind of call the rest is meant. What is read survives both ways of
/// writing it: it is the same message when it comes back as JSON and when it comes back as
/// protobuf.
public final class JsonBodiesFuzz {

    private static final List<Message> PROTOTYPES =
            List.of(
                    io.meseta.mesos.v1.scheduler.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.master.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.agent.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.executor.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.quota.QuotaRequest.getDefaultInstance(),
                    io.meseta.mesos.v1.maintenance.Schedule.getDefaultInstance(),
                    io.meseta.mesos.v1.TaskInfo.getDefaultInstance());

    /// What is written shows defaults that were not sent, and may so be longer.
    private static final JsonLimits AMPLE = new JsonLimits(1 << 28, 1_000, 1 << 28, 1_000);

    private static final Fuzz FUZZ =
            Fuzz.of(
                    JsonBodiesFuzz.class,
                    JsonBodiesFuzz::fuzzerTestOneInput,
                    JsonBodiesFuzz::seeds);

    @TestFactory
    Stream<DynamicTest> takesWhateverComes() {
        return FUZZ.tests(1_500);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (input.length == 0) return;
        var prototype = PROTOTYPES.get((input[0] & 0xff) % PROTOTYPES.size());
        Message message;
        try {
            message =
                    MesosJson.read(
                            Arrays.copyOfRange(input, 1, input.length),
                            prototype,
                            JsonLimits.DEFAULT);
        } catch (UnreadableJson unreadable) {
            assertThat(unreadable.getMessage()).isNotEmpty();
            return;
        }
        var wire = message.toByteArray();
        assertThat(MesosProtobuf.read(wire, prototype, new ProtobufLimits(1 << 28, 1_000)))
                .as("as protobuf")
                .isEqualTo(message);
        assertThat(MesosJson.read(MesosJson.write(message), prototype, AMPLE))
                .as("as JSON")
                .isEqualTo(RandomMessages.withDefaults(message));
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (int i = 0; i < PROTOTYPES.size(); i++)
            for (long seed = 0; seed < 5; seed++)
                seeds.add(
                        prefixed(
                                i,
                                MesosJson.write(new RandomMessages(seed).like(PROTOTYPES.get(i)))));
        for (var body : RecordedBodies.json()) {
            var text = new String(body, UTF_8);
            seeds.add(prefixed(kind(text), body));
        }
        return seeds;
    }

    /// Roughly: what is read as another kind of call is a seed as well.
    private static int kind(String text) {
        if (text.contains("quota_configs") || text.contains("machine")) return 1;
        if (text.contains("executor_id") && text.contains("framework_id")) return 3;
        return text.contains("framework_id") || text.contains("SUBSCRIBE") ? 0 : 2;
    }

    private static byte[] prefixed(int kind, byte[] body) {
        var seed = new byte[body.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(body, 0, seed, 1, body.length);
        return seed;
    }
}
