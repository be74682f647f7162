package io.meseta.testkit.walls;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Modules made of planted breaches.
final class Planted {

    private static final JavaClasses NONE = new ClassFileImporter().importPaths(List.of());

    private Planted() {}

    /// A module whose classes, main and test, are those of one package of `breaches`.
    static CheckedModule classes(String room) {
        var name = Planted.class.getPackageName() + "." + CheckedModule.PLANTED + "." + room;
        var classes = new ClassFileImporter().importPackages(name);
        return new CheckedModule(
                "planted", ModuleKind.SERVICE, List.of(name), classes, classes, List.of());
    }

    /// A module with one source file in package `p` beside a proper room sign.
    static CheckedModule source(Path home, String text) {
        return sources(home, "Planted.java", "package p;\n" + text);
    }

    /// A module with one source file of that name and nothing else.
    static CheckedModule sources(Path home, String name, String text) {
        try {
            var main = Files.createDirectories(home.resolve("src/main/java/p"));
            Files.writeString(main.resolve(name), text);
            var files = SourceFile.read(home.resolve("src/main/java"), home.resolve("none"));
            return new CheckedModule(
                    "planted-service", ModuleKind.SERVICE, List.of("p"), NONE, NONE, files);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<String> breaches(String wall, CheckedModule module) {
        return Walls.all().stream()
                .filter(each -> each.name().equals(wall))
                .findFirst()
                .orElseThrow()
                .check()
                .breaches(module);
    }
}
