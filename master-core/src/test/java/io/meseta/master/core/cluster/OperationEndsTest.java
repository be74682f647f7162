package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.effect.Effect.EndLink;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.operation.OperationKey;
import io.meseta.master.core.operation.OperationQuestion;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How operations end, who hears of it, and what an agent is believed.
final class OperationEndsTest extends OperationsScene {

    private void end(long order, OperationState state) {
        play.put(
                new Command.ReportOperation(
                        agent, play.link(agent), new Outcome(order, state, "")));
    }

    private void acknowledge(long order, String id) {
        play.put(
                new Command.AcknowledgeOperation(
                        play.caller(framework),
                        Optional.of(agent),
                        new OperationId(id),
                        new OperationKey(agent, order).statusUuid()));
    }

    @Test
    void tellsTheEndUntilItIsAcknowledged() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        end(1, OperationState.OPERATION_FINISHED);

        assertThat(statuses())
                .containsExactly(
                        new OperationStatus(
                                new OperationId("r"),
                                OperationState.OPERATION_FINISHED,
                                "",
                                Optional.of(new OperationKey(agent, 1).statusUuid()),
                                Optional.of(agent)));
        assertThat(play.told(agent)).containsExactly(new Word.OperationHeard(1));
        play.pass(Duration.ofSeconds(9));
        assertThat(statuses()).isEmpty();
        play.pass(Duration.ofSeconds(1));
        assertThat(statuses()).hasSize(1);
        play.pass(Duration.ofSeconds(10));
        assertThat(statuses()).isEmpty();
        play.pass(Duration.ofSeconds(10));
        assertThat(statuses()).hasSize(1);

        acknowledge(1, "r");

        assertThat(play.cluster().operations().all()).isEmpty();
        play.pass(Duration.ofHours(1));
        assertThat(statuses()).isEmpty();
    }

    @Test
    void forgetsAnOperationWhoseEndNobodyWaitsFor() {
        accept(convert("", OperationType.RESERVE, reserved("cpus", 1)));

        end(1, OperationState.OPERATION_FINISHED);
        assertThat(statuses()).isEmpty();
        assertThat(play.cluster().operations().all()).isEmpty();

        end(1, OperationState.OPERATION_FINISHED);
        assertThat(play.told(agent)).containsExactly(new Word.OperationHeard(1));
    }

    @Test
    void ordersAgainWhatTheAgentHasNotSeenAndCountsItMeanwhile() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var promised = total();
        play.failOver();

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 0, new HeldTask[0]);

        assertThat(total()).isEqualTo(promised);
        assertThat(play.told(agent)).anyMatch(Word.Operate.class::isInstance);
        assertThat(play.cluster().durable().toCluster().operations().all()).hasSize(1);
    }

    @Test
    void doesNotBelieveAHelloThatIsOlderThanWhatTheAgentHasDone() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var promised = total();
        end(1, OperationState.OPERATION_FINISHED);
        acknowledge(1, "r");

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 0, new HeldTask[0]);

        assertThat(total()).isEqualTo(promised);
    }

    @Test
    void believesTheAgentThatHasNotDoneIt() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        end(1, OperationState.OPERATION_DROPPED);
        assertThat(statuses().getFirst().state()).isEqualTo(OperationState.OPERATION_DROPPED);
        assertThat(play.effects).anyMatch(EndLink.class::isInstance);
        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 1, new HeldTask[0]);

        assertThat(total()).isEqualTo(Resources.parse("cpus:4;mem:1024;disk:1000"));
    }

    @Test
    void dropsWhatTheAgentHasSeenAndForgotten() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 1, new HeldTask[0]);

        assertThat(statuses().getFirst().message()).isEqualTo("Operation is unknown to the agent");
    }

    @Test
    void doesWhatAFrameworkWantedThatIsGone() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        play.put(new Command.Teardown(play.caller(framework)));

        assertThat(play.cluster().operations().all()).hasSize(1);
        end(1, OperationState.OPERATION_FINISHED);

        assertThat(play.cluster().operations().all()).isEmpty();
        assertThat(total().reservedTo(Play.DEV)).isEqualTo(Resources.of(reserved("cpus", 1)));
    }

    @Test
    void answersWhatItIsAsked() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var nobody = new AgentId("S999");

        play.put(
                new Command.ReconcileOperations(
                        play.caller(framework),
                        List.of(
                                new OperationQuestion(new OperationId("r"), Optional.empty()),
                                new OperationQuestion(new OperationId("x"), Optional.empty()),
                                new OperationQuestion(new OperationId("y"), Optional.of(agent)),
                                new OperationQuestion(new OperationId("z"), Optional.of(nobody)))));

        assertThat(statuses())
                .extracting(OperationStatus::state)
                .containsExactly(
                        OperationState.OPERATION_PENDING,
                        OperationState.OPERATION_UNKNOWN,
                        OperationState.OPERATION_UNKNOWN,
                        OperationState.OPERATION_UNKNOWN);
        assertThat(statuses())
                .extracting(OperationStatus::message)
                .containsExactly(
                        "",
                        "Reconciliation: Operation is unknown and no 'agent_id' was provided",
                        "Reconciliation: Operation is unknown",
                        "Reconciliation: Both operation and agent are unknown");
    }

    @Test
    void saysThatNobodyKnowsWhileTheAgentIsLost() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));

        play.loseForGood(agent);

        assertThat(statuses())
                .extracting(OperationStatus::state)
                .containsExactly(OperationState.OPERATION_UNREACHABLE);
    }
}
