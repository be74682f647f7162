package io.meseta.agent.core;

import io.meseta.testkit.walls.ModuleKind;
import io.meseta.testkit.walls.Walls;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WallsTest {

    @TestFactory
    Stream<DynamicTest> walls() {
        return Walls.around(ModuleKind.CORE, "io.meseta.agent.core").tests();
    }
}
