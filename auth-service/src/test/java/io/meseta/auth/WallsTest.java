package io.meseta.auth;

import io.meseta.testkit.walls.ModuleKind;
import io.meseta.testkit.walls.Walls;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class WallsTest {

    @TestFactory
    Stream<DynamicTest> walls() {
        return Walls.around(ModuleKind.SERVICE, "io.meseta.auth").tests();
    }
}
