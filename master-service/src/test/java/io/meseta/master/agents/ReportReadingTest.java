package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.TaskState;
import io.meseta.model.AgentId;
import io.meseta.wire.agent.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportReadingTest {

    private static final ReportReading READING =
            new ReportReading(new AgentId("a"), new LinkId("l"));

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 9_223_372_036.854776, 1e300, Double.NaN})
    void refusesATimeThatCannotBe(double seconds) {
        assertThatThrownBy(() -> READING.read(at(seconds)))
                .isInstanceOf(Unacceptable.class)
                .hasMessage("Expecting 'timestamp' to be seconds since 1970");
    }

    @Test
    void takesTheLastTimeThatCanBe() throws Unacceptable {
        assertThat(READING.read(at(9_000_000_000.0))).hasSize(1);
    }

    private static Reports at(double seconds) {
        var reports = Reports.newBuilder();
        var update = reports.addReportsBuilder().setNumber(1).getStatusUpdateBuilder();
        update.getFrameworkIdBuilder().setValue("f");
        update.getStatusBuilder()
                .setState(TaskState.TASK_RUNNING)
                .setTimestamp(seconds)
                .setUuid(
                        ByteString.copyFrom(
                                new byte[] {0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 1}))
                .getTaskIdBuilder()
                .setValue("t");
        return reports.build();
    }
}
