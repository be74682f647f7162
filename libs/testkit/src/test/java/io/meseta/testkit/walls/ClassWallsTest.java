package io.meseta.testkit.walls;

import static io.meseta.testkit.walls.Planted.breaches;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every wall on classes complains of the breach planted for it.
final class ClassWallsTest {

    @ParameterizedTest
    @CsvSource({
        "core-dependencies, core, dependsOnALibrary",
        "core-purity, core, readsTheClock",
        "core-purity, core, readsItThroughAReference",
        "core-purity, core, readsTheMonotonicClock",
        "core-purity, core, rollsDice",
        "core-purity, core, inventsAnId",
        "core-purity, core, startsAThread",
        "core-purity, core, opensTheWorld",
        "engine-without-io, core, TalkativeEngine",
        "defined-order, core, ImpureRoom.<init>",
        "defined-order, core, forgetsTheOrder",
        "defined-order, core, groupsWithoutOrder",
        "rooms-below-cluster, core, OfferThatKnowsTheCluster",
        "one-writer, core, OfferThatKnowsTheCluster.rescind",
        "package-cycles, cycle, Cycle detected",
        "native-calls, danger, NativeCaller",
        "no-reflection, danger, Prying",
        "no-sleep-in-tests, danger, SleepyTest.dozes",
        "no-mocks, danger, org.mockito.Mock",
        "no-wall-clock-in-tests, danger, Instant.now",
        "no-spring, shell, RestController",
        "no-magic, shell, Magic> is annotated",
        "no-magic, shell, Magic.write",
        "no-field-injection, shell, Magic.injected",
        "thin-controllers, shell, EventEntity",
        "thin-controllers, shell, SecondController",
        "hidden-controllers, shell, PublicDoor",
        "every-route-has-a-policy, shell, PublicDoor.answersAnybody",
        "configurations-in-place, shell, more than one configuration",
        "configurations-in-place, shell, OtherConfiguration is not public",
        "configurations-in-place, shell, HomelessProperties lies beside no configuration",
        "beans-in-configurations, shell, Magic.bean",
        "scheduled-in-ticks, shell, Magic.tick",
        "transactions-in-place, shell, Magic.write",
        "entities-are-rows, shell, EventEntity",
    })
    void complains(String wall, String room, String place) {
        assertThat(breaches(wall, Planted.classes(room))).anyMatch(line -> line.contains(place));
    }

    @Test
    void letsATreeMapOfOneEntryPass() {
        assertThat(breaches("defined-order", Planted.classes("core")))
                .noneMatch(line -> line.contains("keepsTheOrder"));
    }

    @Test
    void letsTheEngineHoldAQueue() {
        assertThat(breaches("core-purity", Planted.classes("core")))
                .noneMatch(line -> line.contains("TalkativeEngine"));
    }

    @Test
    void knowsEveryWallByOneName() {
        assertThat(Walls.all().stream().map(Wall::name).toList()).doesNotHaveDuplicates();
    }

    @Test
    void stopsAModuleThatIsNotInTheTableOfArrows() {
        var pom = new Pom("gatekeeper", List.of(), List.of());

        assertThat(Arrows.breaches(pom))
                .containsExactly("gatekeeper is not in the table of arrows");
    }

    @Test
    void stopsACoreThatReachesForTheWire() {
        var arrows = List.of(new Pom.Arrow("mesos-api", false), new Pom.Arrow("testkit", true));

        assertThat(Arrows.breaches(new Pom("master-core", List.of(), arrows)))
                .containsExactly("master-core must not depend on mesos-api");
    }

    @Test
    void stopsAKitForTestsOutsideTests() {
        var arrows = List.of(new Pom.Arrow("testkit", false));

        assertThat(Arrows.breaches(new Pom("client", List.of(), arrows)))
                .containsExactly("client must not depend on testkit");
    }
}
