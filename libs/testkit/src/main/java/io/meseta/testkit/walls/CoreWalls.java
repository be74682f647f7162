package io.meseta.testkit.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What keeps the thinking parts pure: nothing comes in but data, and always in the same order.
final class CoreWalls {

    private static final Set<ModuleKind> CORES = EnumSet.of(ModuleKind.CORE);

    /// The one part of a core that may hold a thread and be handed a clock.
    private static final String ENGINE = "..engine..";

    private static final String CLUSTER = "..cluster..";

    private static final Set<String> CHANCE_AND_THREADS =
            Set.of(
                    "java.lang.Thread",
                    "java.lang.ThreadLocal",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.Runtime",
                    "java.time.Clock",
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.util.Timer");

    private static final Set<String> READS_OF_THE_WORLD =
            Set.of(
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getenv",
                    "java.lang.System.getProperty",
                    "java.lang.System.identityHashCode",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID");

    private CoreWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.ofMainClasses(
                        "core-dependencies",
                        "a core runs in a test without a container (decision 0002)",
                        CORES,
                        dependencies()),
                Wall.ofMainClasses(
                        "core-purity",
                        "time and chance enter a core as data (decision 0003)",
                        CORES,
                        purity()),
                Wall.ofMainClasses(
                        "engine-without-io",
                        "the engine waits on its inbox and its journal only",
                        CORES,
                        engineWithoutIo()),
                Wall.ofMainClasses(
                        "defined-order",
                        "a replica that iterates in another order decides otherwise"
                                + " (decision 0006)",
                        CORES,
                        definedOrder()),
                Wall.ofMainClasses(
                        "package-cycles",
                        "a room is understood alone",
                        ModuleKind.all(),
                        slices().matching("io.meseta.(**)").should().beFreeOfCycles()),
                Wall.ofMainClasses(
                        "rooms-below-cluster",
                        "the rooms know nothing of where they meet",
                        CORES,
                        noClasses()
                                .that()
                                .resideOutsideOfPackages(CLUSTER, ENGINE)
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage(CLUSTER)),
                Wall.ofMainClasses(
                        "one-writer",
                        "only the engine makes the next state (decision 0003)",
                        EnumSet.of(ModuleKind.CORE, ModuleKind.SERVICE),
                        oneWriter()));
    }

    private static ArchRule dependencies() {
        return classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        "java..",
                                        "io.meseta..",
                                        "org.jspecify..",
                                        "org.pcollections..")
                                .or(describe("primitive", CoreWalls::isPrimitive)));
    }

    private static boolean isPrimitive(JavaClass each) {
        return each.getBaseComponentType().isPrimitive();
    }

    private static ArchRule purity() {
        var forbidden =
                resideInAnyPackage(
                                "java.util.concurrent..",
                                "java.util.random..",
                                "java.io..",
                                "java.net..",
                                "java.nio.channels..",
                                "java.nio.file..",
                                "java.sql..",
                                "java.util.logging..")
                        .or(
                                describe(
                                        "threads and chance",
                                        (JavaClass each) ->
                                                CHANCE_AND_THREADS.contains(each.getName())));
        return noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE)
                .should()
                .dependOnClassesThat(forbidden)
                .orShould()
                .accessTargetWhere(describe("a read of the world", CoreWalls::readsTheWorld));
    }

    private static boolean readsTheWorld(JavaAccess<?> access) {
        var owner = access.getTargetOwner().getName();
        var isNow = access.getName().equals("now") && owner.startsWith("java.time.");
        return isNow || READS_OF_THE_WORLD.contains(owner + "." + access.getName());
    }

    private static ArchRule engineWithoutIo() {
        return noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.channels..", "java.nio.file..", "java.sql..");
    }

    private static ArchRule definedOrder() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE)
                .should()
                .accessTargetWhere(
                        describe("a collection without an order", UnorderedCollections::isMadeBy));
    }

    private static ArchRule oneWriter() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(CLUSTER, ENGINE)
                .should()
                .accessTargetWhere(describe("Cluster.after", CoreWalls::makesTheNextState));
    }

    private static boolean makesTheNextState(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return access.getName().equals("after")
                && owner.getSimpleName().equals("Cluster")
                && owner.getPackageName().endsWith(".cluster");
    }
}
