package io.meseta.model;

import static io.meseta.model.TaskState.TASK_DROPPED;
import static io.meseta.model.TaskState.TASK_GONE;
import static io.meseta.model.TaskState.TASK_GONE_BY_OPERATOR;
import static io.meseta.model.TaskState.TASK_LOST;
import static io.meseta.model.TaskState.TASK_UNKNOWN;
import static io.meseta.model.TaskState.TASK_UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.status.StatusReason;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class StatesTest {

    @Test
    void showsTheStatesOfLostAgentsAsLostToWhoDoesNotKnowThem() {
        var translated =
                EnumSet.of(
                        TASK_DROPPED,
                        TASK_UNREACHABLE,
                        TASK_GONE,
                        TASK_GONE_BY_OPERATOR,
                        TASK_UNKNOWN);
        for (var state : TaskState.values()) {
            assertThat(state.asSeenWithoutPartitionAwareness())
                    .isEqualTo(translated.contains(state) ? TASK_LOST : state);
        }
    }

    @Test
    void endsATaskOnlyWhereNothingCanFollow() {
        assertThat(TaskState.values())
                .filteredOn(TaskState::isTerminal)
                .extracting(TaskState::name)
                .containsExactlyInAnyOrder(
                        "TASK_FINISHED",
                        "TASK_FAILED",
                        "TASK_KILLED",
                        "TASK_ERROR",
                        "TASK_LOST",
                        "TASK_DROPPED",
                        "TASK_GONE",
                        "TASK_GONE_BY_OPERATOR");
    }

    @Test
    void namesAsManyAsTheWireDoes() {
        assertThat(TaskState.values()).hasSize(14);
        assertThat(StatusReason.values()).hasSize(35);
        assertThat(OperationState.values()).hasSize(10);
        assertThat(FrameworkCapability.values()).hasSize(8);
        assertThat(AgentCapability.values()).hasSize(8);
    }
}
