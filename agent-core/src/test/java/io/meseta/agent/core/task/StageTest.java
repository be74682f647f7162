package io.meseta.agent.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StageTest {

    private static final Set<String> LEGAL =
            Set.of(
                    "ORDERED LAUNCHING",
                    "ORDERED ENDED",
                    "LAUNCHING RUNNING",
                    "LAUNCHING KILLING",
                    "LAUNCHING ENDED",
                    "RUNNING KILLING",
                    "RUNNING ENDED",
                    "KILLING ENDED");

    @Test
    void allowsTheseMovesAndNoOther() {
        for (var from : Stage.values()) {
            for (var to : Stage.values()) {
                assertThat(from.mayBecome(to))
                        .as(from + " to " + to)
                        .isEqualTo(LEGAL.contains(from + " " + to));
            }
        }
    }
}
