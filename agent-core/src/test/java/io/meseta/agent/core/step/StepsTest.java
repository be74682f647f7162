package io.meseta.agent.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepsTest {

    private static final Subject KEY =
            Subject.of(new TaskKey(new FrameworkId("f"), new TaskId("t")));

    @Test
    void startsOnlyWhatShouldRunAndDoesNot() {
        for (var desired : Desired.values()) {
            for (var observed : Observed.values()) {
                boolean isStart =
                        Steps.step(KEY, desired, observed).orElse(null) instanceof Step.Start;

                assertThat(isStart)
                        .as(desired + " but " + observed)
                        .isEqualTo(
                                desired == Desired.STARTED
                                        && (observed == Observed.NOTHING
                                                || observed == Observed.READY));
            }
        }
    }

    @Test
    void neverSignalsWhatShouldLive() {
        for (var desired : new Desired[] {Desired.PREPARED, Desired.STARTED, Desired.KEPT}) {
            for (var observed : Observed.values()) {
                assertThat(Steps.step(KEY, desired, observed))
                        .as(desired + " but " + observed)
                        .isNotIn(
                                Optional.of(new Step.Terminate(KEY)),
                                Optional.of(new Step.Destroy(KEY)));
            }
        }
    }

    @Test
    void reportsAKeptProcessThatIsGoneInsteadOfStartingAnother() {
        assertThat(Steps.step(KEY, Desired.KEPT, Observed.NOTHING))
                .contains(new Step.ReportAbsent(KEY));
    }

    @Test
    void signalsPolitelyOnce() {
        assertThat(Steps.step(KEY, Desired.TERMINATED, Observed.ALIVE))
                .contains(new Step.Terminate(KEY));
        assertThat(Steps.step(KEY, Desired.TERMINATED, Observed.ENDING)).isEmpty();
    }

    @Test
    void destroysWhatNobodyKnows() {
        var observed = Map.of(KEY, Observed.ALIVE);

        assertThat(Steps.between(new LinkedHashMap<>(), observed))
                .containsExactly(new Step.Destroy(KEY));
    }

    @Test
    void takesStepsInTheOrderOfWhatIsDesiredAndThenOfWhatNobodyKnows() {
        var later = Subject.of(new TaskKey(new FrameworkId("z"), new TaskId("t")));
        var stray = Subject.of(new TaskKey(new FrameworkId("a"), new TaskId("t")));
        var desired = new LinkedHashMap<>(Map.of(KEY, Desired.STARTED));
        desired.put(later, Desired.PREPARED);
        var observed = Map.of(KEY, Observed.READY, stray, Observed.ALIVE);

        assertThat(Steps.between(desired, observed))
                .containsExactly(
                        new Step.Start(KEY), new Step.Prepare(later), new Step.Destroy(stray));
    }
}
