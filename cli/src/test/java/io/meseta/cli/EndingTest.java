package io.meseta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndingTest {

    @ParameterizedTest
    @CsvSource({
        "TASK_FINISHED, Command exited with status 0, 0",
        "TASK_FINISHED, '', 0",
        "TASK_FAILED, Command exited with status 3, 3",
        "TASK_FAILED, Command exited with status 255, 255",
    })
    void takesTheExitCodeFromTheMessage(TaskState state, String message, int code) {
        assertThat(Ending.of(status(state, message))).isEqualTo(new Ending(code, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "TASK_FAILED, Command terminated with signal Killed",
        "TASK_FAILED, Command exited with status 999",
        "TASK_FAILED, ''",
        "TASK_KILLED, Command exited with status 3",
        "TASK_LOST, ''",
        "TASK_ERROR, bad task",
    })
    void complainsAboutAnyOtherEnd(TaskState state, String message) {
        var ending = Ending.of(status(state, message));

        assertThat(ending.exitCode()).isEqualTo(1);
        assertThat(ending.complaint().orElseThrow()).contains(state.name(), message);
    }

    @Test
    void namesTheReason() {
        var status =
                status(TaskState.TASK_FAILED, "out of\nmemory").toBuilder()
                        .setReason(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY)
                        .build();

        assertThat(Ending.of(status).complaint())
                .hasValue(
                        "the task ended as TASK_FAILED, REASON_CONTAINER_LIMITATION_MEMORY: "
                                + "out of memory");
    }

    private static TaskStatus status(TaskState state, String message) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue("t"))
                .setState(state)
                .setMessage(message)
                .build();
    }
}
