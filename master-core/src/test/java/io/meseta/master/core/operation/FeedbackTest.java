package io.meseta.master.core.operation;

import static io.meseta.master.core.operation.OperationDrafts.AGENT;
import static io.meseta.master.core.operation.OperationDrafts.NOON;
import static io.meseta.master.core.operation.OperationDrafts.ONE;
import static io.meseta.master.core.operation.OperationDrafts.TWO;
import static io.meseta.master.core.operation.OperationDrafts.all;
import static io.meseta.master.core.operation.OperationDrafts.finished;
import static io.meseta.master.core.operation.OperationDrafts.key;
import static io.meseta.master.core.operation.OperationDrafts.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.operation.OperationEvent.OperationAcknowledged;
import io.meseta.master.core.operation.OperationEvent.OperationEnded;
import io.meseta.master.core.operation.OperationEvent.OperationRepeated;
import io.meseta.master.core.operation.OperationEvent.StrayEnded;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class FeedbackTest {

    private static final OperationId ID = new OperationId("a");

    private final OrderedOperation pending = ordered(1, ONE, "b");
    private final OrderedOperation ended = finished(ordered(2, ONE, "a"), NOON);
    private final OrderedOperation others = finished(ordered(3, TWO, "a"), NOON.plusSeconds(5));
    private final Operations operations = all(pending, ended, others);

    @Test
    void takesTheReceiptOfWhoWaitsForThatEnd() {
        var receipt = Feedback.acknowledged(operations, ONE, ID, ended.key().statusUuid());

        assertThat(receipt).containsExactly(new OperationAcknowledged(ended.key()));
    }

    @Test
    void dropsReceiptsForAnythingElse() {
        var right = ended.key().statusUuid();

        assertThat(Feedback.acknowledged(operations, ONE, ID, new UUID(0, 1))).isEmpty();
        assertThat(Feedback.acknowledged(operations, ONE, new OperationId("b"), right)).isEmpty();
        assertThat(Feedback.acknowledged(operations, TWO, ID, right)).isEmpty();
        assertThat(
                        Feedback.acknowledged(
                                operations, ONE, new OperationId("b"), pending.key().statusUuid()))
                .isEmpty();
    }

    @Test
    void dropsOfAReturnedAgentOnlyWhatItHasSeenAndNotEnded() {
        var unseen = ordered(7, ONE, "c");

        var events = Feedback.settled(operations.with(unseen), AGENT, 6, List.of(), NOON);

        assertThat(events)
                .containsExactly(
                        new OperationEnded(
                                pending.key(),
                                OperationState.OPERATION_DROPPED,
                                "Operation is unknown to the agent",
                                NOON));
    }

    @Test
    void dropsNothingThatAReturnedAgentStillDoes() {
        var doing = new Outcome(1, OperationState.OPERATION_PENDING, "");

        assertThat(Feedback.settled(operations, AGENT, 6, List.of(doing), NOON)).isEmpty();
    }

    @Test
    void hearsAnEndOnceAndAfterThatOnlyThatItWasHeard() {
        var outcome = new Outcome(2, OperationState.OPERATION_FINISHED, "");

        assertThat(Feedback.ended(operations, AGENT, outcome, NOON))
                .containsExactly(new StrayEnded(AGENT, 2));
    }

    @Test
    void repeatsWhatIsDueToThoseWhoListen() {
        var due = NOON.plusSeconds(10);

        assertThat(Feedback.repeated(operations, _ -> true, due))
                .containsExactly(new OperationRepeated(ended.key(), due));
        assertThat(Feedback.repeated(operations, _ -> true, due.minusNanos(1))).isEmpty();
        assertThat(Feedback.repeated(operations, TWO::equals, due)).isEmpty();
        assertThat(Feedback.repeated(operations, _ -> true, due.plusSeconds(5))).hasSize(2);
    }

    @Test
    void repeatsNothingThatNobodyWaitsFor() {
        var unawaited = finished(ordered(key(4), new OperationOwner(ONE, Optional.empty())), NOON);

        assertThat(Feedback.repeated(all(pending, unawaited), _ -> true, NOON.plusSeconds(99)))
                .isEmpty();
    }

    @Test
    void saysWhenItSpeaksNext() {
        assertThat(Feedback.nextRepetition(operations, _ -> true)).contains(NOON.plusSeconds(10));
        assertThat(Feedback.nextRepetition(operations, TWO::equals)).contains(NOON.plusSeconds(15));
        assertThat(Feedback.nextRepetition(operations, _ -> false)).isEmpty();
    }

    @Test
    void recordsWhatHasChangedAndNotWhatWasOnlySaid() {
        var status = ended.status().orElseThrow();

        assertThat(new OperationEnded(key(1), OperationState.OPERATION_FINISHED, "", NOON))
                .matches(OperationEvent::isRecorded);
        assertThat(new OperationAcknowledged(key(1))).matches(OperationEvent::isRecorded);
        assertThat(
                        List.of(
                                new OperationRepeated(key(1), NOON),
                                new OperationEvent.OperationAnswered(ONE, status),
                                new StrayEnded(AGENT, 1)))
                .noneMatch(OperationEvent::isRecorded);
    }
}
