package io.meseta.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SeedsTest {

    private final String outer = System.getProperty("meseta.seed", "");

    @AfterEach
    void restore() {
        if (outer.isEmpty()) System.clearProperty("meseta.seed");
        else System.setProperty("meseta.seed", outer);
    }

    @Test
    void namesTheSeedThatBrokeTheProperty() {
        System.clearProperty("meseta.seed");

        assertThatThrownBy(() -> Seeds.runSeeds(9, seed -> assertThat(seed).isNotEqualTo(7)))
                .hasMessageStartingWith("broken with -Dmeseta.seed=7");
    }

    @Test
    void runsOnlyTheSeedThatIsAskedFor() {
        System.setProperty("meseta.seed", "42");
        var seen = new ArrayList<Long>();

        Seeds.runSeeds(9, seen::add);

        assertThat(seen).containsExactly(42L);
    }

    @Test
    void givesTheSameChanceForTheSameSeed() {
        System.setProperty("meseta.seed", "42");
        var seen = new ArrayList<Long>();

        Seeds.run(1, random -> seen.add(random.nextLong()));
        Seeds.run(1, random -> seen.add(random.nextLong()));

        assertThat(seen.getFirst()).isEqualTo(seen.getLast());
    }
}
