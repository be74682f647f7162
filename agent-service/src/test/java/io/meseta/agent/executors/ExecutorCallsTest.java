package io.meseta.agent.executors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.executor.Call;
import io.meseta.testkit.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a master would refuse is refused here: said again for ever, it would be in the way of all
/// that this agent has to tell.
final class ExecutorCallsTest {

    private static final ByteString UUID =
            ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    @Test
    void takesAStatusAsItShouldBe() {
        assertThat(ExecutorCalls.complaint(update(status()))).isEmpty();
    }

    @Test
    void refusesAUuidWithoutAVersion() {
        var status = status().setUuid(ByteString.copyFrom(new byte[16]));

        assertThat(ExecutorCalls.complaint(update(status))).contains("Not a valid UUID");
    }

    @Test
    void refusesAStatusThatNoReportCanHold() {
        var status = status().setData(ByteString.copyFrom(new byte[5 << 20]));

        assertThat(ExecutorCalls.complaint(update(status)))
                .contains("A status may have at most 4194304 bytes");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 9.3e9, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
    void putsItsOwnTimeInThePlaceOfOneThatCannotBe(double seconds) throws Exception {
        var time = new FakeTime();

        var word = new ExecutorCalls(time).word(status().setTimestamp(seconds).buildPartial());

        assertThat(word.update().at()).isEqualTo(time.instant());
        assertThat(TaskStatus.parseFrom(word.update().wire().asReadOnly()).hasTimestamp())
                .isFalse();
    }

    private static TaskStatus.Builder status() {
        var status = TaskStatus.newBuilder().setState(TaskState.TASK_RUNNING).setUuid(UUID);
        status.setSource(TaskStatus.Source.SOURCE_EXECUTOR).getTaskIdBuilder().setValue("t");
        return status;
    }

    private static Call update(TaskStatus.Builder status) {
        var call = Call.newBuilder().setType(Call.Type.UPDATE);
        call.getExecutorIdBuilder().setValue("e");
        call.getFrameworkIdBuilder().setValue("f");
        return call.setUpdate(Call.Update.newBuilder().setStatus(status)).build();
    }
}
