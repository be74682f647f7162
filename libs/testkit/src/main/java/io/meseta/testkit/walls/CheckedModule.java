package io.meseta.testkit.walls;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// One Maven module as the walls see it: its classes and the sources they were made from.
///
/// Generated classes have no source of ours and are not looked at.
record CheckedModule(
        String artifact,
        ModuleKind kind,
        List<String> packages,
        JavaClasses mainClasses,
        JavaClasses testClasses,
        List<SourceFile> sources) {

    /// Planted breaches live in packages of this name and are nobody's code.
    static final String PLANTED = "breaches";

    static CheckedModule read(Path directory, ModuleKind kind, List<String> packages) {
        var main = directory.resolve("src/main/java");
        var test = directory.resolve("src/test/java");
        return new CheckedModule(
                directory.toAbsolutePath().normalize().getFileName().toString(),
                kind,
                packages,
                classes(directory.resolve("target/classes"), main),
                classes(directory.resolve("target/test-classes"), test),
                SourceFile.read(main, test));
    }

    private static JavaClasses classes(Path compiled, Path sources) {
        var importer = new ClassFileImporter();
        var all =
                Files.isDirectory(compiled)
                        ? importer.importPath(compiled)
                        : importer.importPaths(List.of());
        return all.that(
                DescribedPredicate.describe(
                        "written by us", (JavaClass each) -> isOurs(each, sources)));
    }

    private static boolean isOurs(JavaClass each, Path sources) {
        var name = each.getName();
        int inner = name.indexOf('$');
        var outermost = inner < 0 ? name : name.substring(0, inner);
        var isPlanted = each.getPackageName().contains("." + PLANTED);
        return !isPlanted && Files.exists(sources.resolve(outermost.replace('.', '/') + ".java"));
    }
}
