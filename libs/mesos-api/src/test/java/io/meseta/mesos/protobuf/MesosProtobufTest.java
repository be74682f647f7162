package io.meseta.mesos.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.ContainerID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.scheduler.Call;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MesosProtobufTest {

    private static final Call PROTOTYPE = Call.getDefaultInstance();

    private final Call call =
            Call.newBuilder()
                    .setType(Call.Type.TEARDOWN)
                    .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                    .build();

    @Test
    void readsABody() throws MalformedProtobuf {
        assertThat(MesosProtobuf.read(call.toByteArray(), PROTOTYPE, ProtobufLimits.DEFAULT))
                .isEqualTo(call);
    }

    @Test
    void refusesABodyThatIsTooLongUnread() {
        var limits = new ProtobufLimits(call.getSerializedSize() - 1, 10);

        var malformed = refused(call.toByteArray(), limits);

        assertThat(malformed.isTooLarge()).isTrue();
    }

    @Test
    void refusesABodyThatIsCutOff() {
        var body = call.toByteString().substring(0, call.getSerializedSize() - 1).toByteArray();

        assertThat(refused(body, ProtobufLimits.DEFAULT).isTooLarge()).isFalse();
    }

    @Test
    void namesMissingFields() {
        var body =
                call.toBuilder()
                        .setKill(Call.Kill.getDefaultInstance())
                        .buildPartial()
                        .toByteArray();

        assertThat(refused(body, ProtobufLimits.DEFAULT))
                .hasMessage("Missing required fields: kill.task_id");
    }

    @Test
    void refusesMessagesThatAreNestedTooDeep() throws MalformedProtobuf {
        var container = ContainerID.newBuilder().setValue("0").build();
        for (int i = 1; i <= 10; i++) {
            container = ContainerID.newBuilder().setValue("" + i).setParent(container).build();
        }
        var body = container.toByteArray();
        var prototype = ContainerID.getDefaultInstance();

        assertThat(MesosProtobuf.read(body, prototype, new ProtobufLimits(1000, 10)))
                .isEqualTo(container);
        assertThat(
                        catchThrowableOfType(
                                MalformedProtobuf.class,
                                () ->
                                        MesosProtobuf.read(
                                                body, prototype, new ProtobufLimits(1000, 9))))
                .hasMessageContaining("too many levels of nesting");
    }

    @Test
    void throwsNothingButItsOwnErrorOnRubbish() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var body = new byte[random.nextInt(60)];
            random.nextBytes(body);
            readRubbish(seed, body);
        }
    }

    @Test
    void throwsNothingButItsOwnErrorOnDamagedBodies() {
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var body = ByteString.copyFrom(call.toByteArray()).toByteArray();
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            readRubbish(seed, body);
        }
    }

    private static void readRubbish(long seed, byte[] body) {
        try {
            MesosProtobuf.read(body, PROTOTYPE, ProtobufLimits.DEFAULT);
        } catch (MalformedProtobuf malformed) {
            assertThat(malformed.getMessage()).as("seed %d", seed).isNotEmpty();
        }
    }

    private static MalformedProtobuf refused(byte[] body, ProtobufLimits limits) {
        return catchThrowableOfType(
                MalformedProtobuf.class, () -> MesosProtobuf.read(body, PROTOTYPE, limits));
    }
}
