package io.meseta.master.core.operation;

import static io.meseta.master.core.operation.OperationDrafts.AGENT;
import static io.meseta.master.core.operation.OperationDrafts.NOON;
import static io.meseta.master.core.operation.OperationDrafts.ONE;
import static io.meseta.master.core.operation.OperationDrafts.OTHER_AGENT;
import static io.meseta.master.core.operation.OperationDrafts.TWO;
import static io.meseta.master.core.operation.OperationDrafts.all;
import static io.meseta.master.core.operation.OperationDrafts.finished;
import static io.meseta.master.core.operation.OperationDrafts.key;
import static io.meseta.master.core.operation.OperationDrafts.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which operations are known, of whom and on what.
final class KnownOperationsTest {

    private final OrderedOperation first = ordered(1, ONE, "a");
    private final OrderedOperation second = ordered(2, ONE, "b");
    private final OrderedOperation others = ordered(3, TWO, "a");
    private final OrderedOperation elsewhere =
            ordered(
                    new OperationKey(OTHER_AGENT, 1),
                    new OperationOwner(ONE, Optional.of(new OperationId("c"))));
    private final Operations operations = all(first, second, others, elsewhere);

    @Test
    void findsThemByFrameworkAndByAgent() {
        assertThat(operations.of(ONE)).containsExactly(first, second, elsewhere);
        assertThat(operations.on(AGENT)).containsExactly(first, second, others);
        assertThat(operations.count(ONE)).isEqualTo(3);
        assertThat(operations.count(TWO)).isEqualTo(1);
        assertThat(operations.find(key(2))).contains(second);
        assertThat(operations.find(new OperationKey(OTHER_AGENT, 2))).isEmpty();
    }

    @Test
    void knowsNothingAtTheBeginning() {
        assertThat(Operations.none().all()).isEmpty();
        assertThat(Operations.none().count(ONE)).isZero();
    }

    @Test
    void forgetsOneAndKeepsTheOthers() {
        var fewer = operations.without(first.key());

        assertThat(fewer.of(ONE)).containsExactly(second, elsewhere);
        assertThat(fewer.on(AGENT)).containsExactly(second, others);
        assertThat(fewer.count(ONE)).isEqualTo(2);
    }

    @Test
    void forgetsTheLastOfAFrameworkAndOfAnAgent() {
        var fewer = operations.without(others.key()).without(elsewhere.key());

        assertThat(fewer.of(TWO)).isEmpty();
        assertThat(fewer.on(OTHER_AGENT)).isEmpty();
        assertThat(fewer.of(ONE)).containsExactly(first, second);
    }

    @Test
    void forgetsNothingThatItDoesNotKnow() {
        assertThat(operations.without(key(99))).isSameAs(operations);
        assertThat(operations.ended(key(99), OperationState.OPERATION_FINISHED, "", NOON))
                .isSameAs(operations);
    }

    @Test
    void forgetsNobodysOperationWithoutTouchingThoseOfFrameworks() {
        var nobodys =
                OrderedOperation.ordered(
                        key(9), OperationDrafts.reserve(1), Optional.empty(), NOON);

        var after = operations.with(nobodys).without(nobodys.key());

        assertThat(after.of(ONE)).containsExactly(first, second, elsewhere);
        assertThat(after.on(AGENT)).containsExactly(first, second, others);
    }

    @Test
    void keepsWhatIsUnderWayWhenItsFrameworkIsGone() {
        var ended = finished(second, NOON);

        var after = all(first, ended, others).disowned(ONE);

        assertThat(after.all()).extracting(OrderedOperation::key).containsExactly(key(1), key(3));
        assertThat(after.find(key(1)).orElseThrow().owner()).isEmpty();
        assertThat(after.count(ONE)).isZero();
    }

    @Test
    void speaksAgainAfterEverLongerPausesOfAtMostTenMinutes() {
        var operation = finished(first, NOON);
        var at = NOON;
        var pauses = new ArrayList<Duration>();

        for (int i = 0; i < 9; i++) {
            pauses.add(Duration.between(at, operation.telling().next()));
            at = operation.telling().next();
            operation = operation.told(at);
        }

        assertThat(pauses.stream().map(Duration::toSeconds))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L, 600L);
    }

    @Test
    void speaksAtOnceOnceAnotherLeads() {
        var told = finished(first, NOON).told(NOON.plusSeconds(10)).untold();

        assertThat(told.telling()).isEqualTo(first.telling());
    }
}
