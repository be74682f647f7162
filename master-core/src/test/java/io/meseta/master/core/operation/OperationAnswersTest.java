package io.meseta.master.core.operation;

import static io.meseta.master.core.operation.OperationDrafts.AGENT;
import static io.meseta.master.core.operation.OperationDrafts.NOON;
import static io.meseta.master.core.operation.OperationDrafts.ONE;
import static io.meseta.master.core.operation.OperationDrafts.TWO;
import static io.meseta.master.core.operation.OperationDrafts.agent;
import static io.meseta.master.core.operation.OperationDrafts.all;
import static io.meseta.master.core.operation.OperationDrafts.finished;
import static io.meseta.master.core.operation.OperationDrafts.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.operation.OperationEvent.OperationAnswered;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a framework is told when it asks how its operations stand.
final class OperationAnswersTest {

    private static final Agent HERE = agent(Resources.EMPTY);

    private final OrderedOperation pending = ordered(1, ONE, "p");
    private final OrderedOperation ended = finished(ordered(2, ONE, "e"), NOON);
    private final Operations operations = all(pending, ended, ordered(3, TWO, "x"));

    private static List<OperationStatus> asked(
            Operations operations, Agent agent, OperationQuestion... questions) {
        var answers = new OperationAnswers(operations, _ -> Optional.of(agent));
        return answers.to(ONE, List.of(questions)).stream()
                .map(event -> ((OperationAnswered) event).status())
                .toList();
    }

    @Test
    void tellsOfAllWhereNoneIsNamedAndAsksForNoReceipt() {
        var told = asked(operations, HERE);

        assertThat(told)
                .extracting(OperationStatus::state)
                .containsExactly(
                        OperationState.OPERATION_PENDING, OperationState.OPERATION_FINISHED);
        assertThat(told).allMatch(status -> status.uuid().isEmpty());
    }

    @Test
    void knowsHowItEndedThoughTheAgentIsOutOfReach() {
        var told = asked(operations, HERE.unreachable(NOON));

        assertThat(told)
                .extracting(OperationStatus::state)
                .containsExactly(
                        OperationState.OPERATION_UNREACHABLE, OperationState.OPERATION_FINISHED);
    }

    @Test
    void tellsOfTheNewestOfTwoThatHaveOneName() {
        var again = all(finished(ordered(1, ONE, "a"), NOON), ordered(2, ONE, "a"));

        var told =
                asked(again, HERE, new OperationQuestion(new OperationId("a"), Optional.empty()));

        assertThat(told)
                .extracting(OperationStatus::state)
                .containsExactly(OperationState.OPERATION_PENDING);
    }

    @Test
    void doesNotKnowOnAnAgentThatIsOutOfReach() {
        var told =
                asked(
                        operations,
                        HERE.unreachable(NOON),
                        new OperationQuestion(new OperationId("?"), Optional.of(AGENT)));

        assertThat(told)
                .containsExactly(
                        new OperationStatus(
                                new OperationId("?"),
                                OperationState.OPERATION_UNREACHABLE,
                                "Reconciliation: Agent is unreachable",
                                Optional.empty(),
                                Optional.of(AGENT)));
    }
}
