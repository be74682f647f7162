package io.meseta.isolation;

import io.meseta.testkit.walls.ModuleKind;
import io.meseta.testkit.walls.Walls;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The walls around this module.
final class WallsTest {

    @TestFactory
    Stream<DynamicTest> walls() {
        return Walls.around(ModuleKind.LIBRARY, "io.meseta.isolation").tests();
    }
}
