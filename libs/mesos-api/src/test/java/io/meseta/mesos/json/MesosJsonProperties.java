package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.maintenance.ClusterStatus;
import io.meseta.mesos.v1.scheduler.APIResult;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MesosJsonProperties {

    private static final List<Message> PROTOTYPES =
            List.of(
                    io.meseta.mesos.v1.scheduler.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.scheduler.Event.getDefaultInstance(),
                    APIResult.getDefaultInstance(),
                    io.meseta.mesos.v1.executor.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.executor.Event.getDefaultInstance(),
                    io.meseta.mesos.v1.master.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.master.Event.getDefaultInstance(),
                    io.meseta.mesos.v1.master.Response.getDefaultInstance(),
                    io.meseta.mesos.v1.agent.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.agent.Response.getDefaultInstance(),
                    io.meseta.mesos.v1.resourceprovider.Call.getDefaultInstance(),
                    io.meseta.mesos.v1.resourceprovider.Event.getDefaultInstance(),
                    ClusterStatus.getDefaultInstance(),
                    TaskInfo.getDefaultInstance());

    private static final JsonLimits AMPLE = new JsonLimits(1 << 28, 1000, 1 << 28, 1000);

    @Test
    void readsBackWhatItHasWritten() throws UnreadableJson {
        for (long seed = 0; seed < 1000; seed++) {
            var message = message(seed);

            var back = MesosJson.read(MesosJson.write(message), message, AMPLE);

            assertThat(back.equals(RandomMessages.withDefaults(message)))
                    .as("seed %d: %s", seed, message)
                    .isTrue();
        }
    }

    @Test
    void writesTextThatAnyJsonReaderTakes() {
        for (long seed = 0; seed < 300; seed++) {
            var json = MesosJson.write(message(seed));

            assertThat(JsonTree.of(json)).as("seed %d", seed).isNotNull();
            assertThat(JsonSyntax.complaint(json)).as("seed %d", seed).isEmpty();
            assertThat(new String(json, UTF_8)).as("seed %d", seed).doesNotContain("\n");
        }
    }

    @Test
    void throwsNothingButItsOwnErrorsOnDamagedText() {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new SplittableRandom(seed);
            var message = message(seed % 200);
            var json = MesosJson.write(message);
            json = json.length > 2000 ? Arrays.copyOf(json, 2000) : json;
            damage(json, random);

            readAnything(seed, json, message);
        }
    }

    @Test
    void throwsNothingButItsOwnErrorsOnSwappedParts() {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new SplittableRandom(seed);
            var message = message(seed % 200);
            var parts = new String(MesosJson.write(message), UTF_8).split("(?<=[:,])", 300);
            for (int i = 0; i < 3; i++) {
                int one = random.nextInt(parts.length);
                int other = random.nextInt(parts.length);
                var held = parts[one];
                parts[one] = parts[other];
                parts[other] = held;
            }

            readAnything(seed, String.join("", parts).getBytes(UTF_8), message);
        }
    }

    @Test
    void throwsNothingButItsOwnErrorsOnRubbish() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var rubbish = new byte[random.nextInt(30)];
            if (random.nextBoolean()) random.nextBytes(rubbish);
            else for (int i = 0; i < rubbish.length; i++) rubbish[i] = sign(random);

            readAnything(seed, rubbish, PROTOTYPES.get((int) (seed % PROTOTYPES.size())));
        }
    }

    private static Message message(long seed) {
        var prototype = PROTOTYPES.get((int) (seed % PROTOTYPES.size()));
        return new RandomMessages(seed).like(prototype);
    }

    private static void damage(byte[] json, SplittableRandom random) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count && json.length > 0; i++) {
            int at = random.nextInt(json.length);
            json[at] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : sign(random);
        }
    }

    private static byte sign(SplittableRandom random) {
        var signs = "{}[]:,\"\\ \n0123456789-+.eEtrufalsn/";
        return (byte) signs.charAt(random.nextInt(signs.length()));
    }

    private static void readAnything(long seed, byte[] json, Message prototype) {
        try {
            MesosJson.read(json, prototype, JsonLimits.DEFAULT);
        } catch (UnreadableJson unreadable) {
            assertThat(unreadable.getMessage()).as("seed %d", seed).isNotEmpty();
        }
    }
}
