package io.meseta.platform;

import io.meseta.testkit.walls.ModuleKind;
import io.meseta.testkit.walls.Walls;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class WallsTest {

    @TestFactory
    Stream<DynamicTest> walls() {
        return Walls.around(ModuleKind.SERVICE, "io.meseta.platform")
                .allowing(
                        "every-route-has-a-policy",
                        "FailureController",
                        "it lies below the room of policies, which names its path")
                .allowing(
                        "no-wall-clock-in-tests",
                        "AuthStandIn",
                        "its tokens are checked by the clocks of whole services")
                .tests();
    }
}
