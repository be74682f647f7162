package io.meseta.testkit.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/// Where the JVM's sharp edges may be touched, and what makes tests slow or unsteady.
final class DangerWalls {

    private static final Set<String> REFLECTIVE =
            Set.of("forName", "getDeclaredField", "getDeclaredMethod", "getDeclaredConstructor");

    private static final Set<String> WALL_CLOCKS =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.Clock.system",
                    "java.time.InstantSource.system");

    private DangerWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.ofMainClasses(
                        "native-calls",
                        "one place for danger: isolation.linux",
                        ModuleKind.all(),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..isolation.linux..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("java.lang.foreign..")),
                Wall.ofMainClasses(
                        "no-reflection",
                        "what the compiler cannot see, it cannot check",
                        ModuleKind.all(),
                        noReflection()),
                Wall.ofTestClasses(
                        "no-sleep-in-tests",
                        "wait on a condition with a limit: Await",
                        ModuleKind.all(),
                        noSleep()),
                Wall.ofTestClasses(
                        "no-mocks",
                        "a fake is production-quality code and passes the contract kit",
                        ModuleKind.all(),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage("org.mockito..", "org.easymock..")),
                Wall.ofTestClasses(
                        "no-wall-clock-in-tests",
                        "a test that reads the clock fails at midnight: FakeTime",
                        ModuleKind.all(),
                        noClasses()
                                .should()
                                .accessTargetWhere(
                                        describe("the wall clock", DangerWalls::isWallClock))));
    }

    private static ArchRule noReflection() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "sun..", "jdk.internal..")
                .orShould()
                .accessTargetWhere(describe("reflection", DangerWalls::isReflective));
    }

    private static boolean isReflective(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.lang.Class")
                && REFLECTIVE.contains(access.getName());
    }

    private static ArchRule noSleep() {
        return noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "a sleep", (JavaAccess<?> each) -> each.getName().equals("sleep")));
    }

    private static boolean isWallClock(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var isNow = access.getName().equals("now") && owner.startsWith("java.time.");
        return isNow || WALL_CLOCKS.contains(owner + "." + access.getName());
    }
}
