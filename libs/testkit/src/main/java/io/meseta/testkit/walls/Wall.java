package io.meseta.testkit.walls;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// One rule: its name, why it stands, around which kinds of module, and how a breach is found.
record Wall(String name, String because, Set<ModuleKind> kinds, Check check) {

    /// Finds what breaks a rule; one line for each place.
    @FunctionalInterface
    interface Check {
        List<String> breaches(CheckedModule module);
    }

    static Wall ofMainClasses(String name, String because, Set<ModuleKind> kinds, ArchRule rule) {
        return new Wall(name, because, kinds, module -> details(rule, module.mainClasses()));
    }

    static Wall ofTestClasses(String name, String because, Set<ModuleKind> kinds, ArchRule rule) {
        return new Wall(name, because, kinds, module -> details(rule, module.testClasses()));
    }

    /// A rule on each file alone; the file's name is put before what it finds.
    static Wall ofSources(
            String name, String because, Function<SourceFile, Stream<String>> finder) {
        return new Wall(
                name,
                because,
                ModuleKind.all(),
                module ->
                        module.sources().stream()
                                .flatMap(file -> finder.apply(file).map(file::at))
                                .toList());
    }

    private static List<String> details(ArchRule rule, JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }
}
