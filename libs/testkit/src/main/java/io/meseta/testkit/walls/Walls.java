package io.meseta.testkit.walls;

import io.meseta.testkit.RepositoryRoot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// All walls around one module, as one test each.
///
/// ```java
/// final class WallsTest {
///     @TestFactory
///     Stream<DynamicTest> walls() {
///         return Walls.around(ModuleKind.LIBRARY, "io.meseta.client").tests();
///     }
/// }
/// ```
public final class Walls {

    private final ModuleKind kind;
    private final List<String> packages;
    private final Path directory;
    private final List<Allowance> allowances;

    private Walls(
            ModuleKind kind, List<String> packages, Path directory, List<Allowance> allowances) {
        this.kind = kind;
        this.packages = List.copyOf(packages);
        this.directory = directory;
        this.allowances = List.copyOf(allowances);
    }

    /// The walls around the module whose tests run; `packages` are its base packages, and none of
    /// its classes may lie outside them.
    public static Walls around(ModuleKind kind, String... packages) {
        return new Walls(kind, List.of(packages), RepositoryRoot.module(), List.of());
    }

    /// The same walls around another, already compiled module: for one that cannot run them itself.
    public Walls at(Path moduleDirectory) {
        return new Walls(kind, packages, moduleDirectory, allowances);
    }

    /// Lets breaches of `wall` pass whose line contains `place`. The reason is for the reader; an
    /// exception that lets nothing pass is itself a failure, so the list can only shrink.
    public Walls allowing(String wall, String place, String reason) {
        var more = new ArrayList<>(allowances);
        more.add(new Allowance(wall, place, reason));
        return new Walls(kind, packages, directory, more);
    }

    /// One test for each wall, and one which holds the exceptions against the walls' names.
    public Stream<DynamicTest> tests() {
        var module = lazily(() -> CheckedModule.read(directory, kind, packages));
        var walls = all().stream().filter(wall -> wall.kinds().contains(kind)).toList();
        var tests = walls.stream().map(wall -> test(wall, module));
        return Stream.concat(
                Stream.of(DynamicTest.dynamicTest("exceptions", () -> checkNames(walls))), tests);
    }

    static List<Wall> all() {
        return Stream.of(
                        CoreWalls.all(),
                        ShellWalls.all(),
                        DangerWalls.all(),
                        NameWalls.all(),
                        SizeWalls.all(),
                        TidyWalls.all(),
                        RoomSignWalls.all())
                .flatMap(List::stream)
                .toList();
    }

    private DynamicTest test(Wall wall, Supplier<CheckedModule> module) {
        return DynamicTest.dynamicTest(wall.name(), () -> check(wall, module.get()));
    }

    private void check(Wall wall, CheckedModule module) {
        var breaches = new ArrayList<>(wall.check().breaches(module));
        Collections.sort(breaches);
        var allowed = allowances.stream().filter(each -> each.wall().equals(wall.name())).toList();
        for (var allowance : allowed) {
            if (!breaches.removeIf(breach -> breach.contains(allowance.place()))) {
                throw new AssertionError("no longer needed: " + allowance);
            }
        }
        if (breaches.isEmpty()) return;
        throw new AssertionError(
                "%s: %s%n  %s"
                        .formatted(wall.name(), wall.because(), String.join("\n  ", breaches)));
    }

    private void checkNames(List<Wall> walls) {
        var names = walls.stream().map(Wall::name).toList();
        for (var allowance : allowances) {
            if (!names.contains(allowance.wall())) {
                throw new AssertionError("no wall here is called so: " + allowance);
            }
        }
    }

    /// Reading a module takes a second, and JUnit wants the list of tests at once.
    private static <T> Supplier<T> lazily(Supplier<T> source) {
        var read = new ArrayList<T>(1);
        return () -> {
            if (read.isEmpty()) read.add(source.get());
            return read.getFirst();
        };
    }
}
