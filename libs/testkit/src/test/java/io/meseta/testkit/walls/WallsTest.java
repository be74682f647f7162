package io.meseta.testkit.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.testkit.RepositoryRoot;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The walls around this module, around the one below it that cannot use this kit, and between all.
final class WallsTest {

    @TestFactory
    Stream<DynamicTest> walls() {
        return Walls.around(ModuleKind.TOOL, "io.meseta.testkit").tests();
    }

    @TestFactory
    Stream<DynamicTest> wallsOfTheClusterModel() {
        return clusterModel().tests();
    }

    @Test
    void letsNoArrowPointOutwards() {
        assertThat(Arrows.breaches(RepositoryRoot.find())).isEmpty();
    }

    @Test
    void refusesAnExceptionThatIsNotNeeded() {
        var walls = clusterModel().allowing("file-size", "io.meseta.model", "planted");

        assertThatThrownBy(() -> run(walls, "file-size")).hasMessageContaining("no longer needed");
    }

    @Test
    void refusesAnExceptionToAWallThatDoesNotStand() {
        var walls = clusterModel().allowing("no-such-wall", "io.meseta.model", "planted");

        assertThatThrownBy(() -> run(walls, "exceptions")).hasMessageContaining("no wall here");
    }

    @Test
    void refusesAnExceptionWithoutAReason() {
        assertThatThrownBy(() -> clusterModel().allowing("file-size", "io.meseta.model", " "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Walls clusterModel() {
        return Walls.around(ModuleKind.CORE, "io.meseta.model")
                .at(RepositoryRoot.find().resolve("libs/cluster-model"));
    }

    private static void run(Walls walls, String name) throws Throwable {
        walls.tests()
                .filter(test -> test.getDisplayName().equals(name))
                .findFirst()
                .orElseThrow()
                .getExecutable()
                .execute();
    }
}
