package io.meseta.testkit.walls;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Names: words that say nothing are refused, accessors read like the value they give.
final class NameWalls {

    private static final List<String> EMPTY_WORDS =
            List.of(
                    "Manager",
                    "Helper",
                    "Util",
                    "Utils",
                    "Impl",
                    "Base",
                    "Abstract",
                    "Common",
                    "Data",
                    "Info",
                    "Processor",
                    "Wrapper",
                    "Service");

    private static final Pattern GETTER = Pattern.compile("get[A-Z].*");

    private NameWalls() {}

    static List<Wall> all() {
        return List.of(
                new Wall(
                        "empty-words",
                        "each such suffix is a place where a name was not yet found",
                        ModuleKind.all(),
                        NameWalls::emptyWords),
                Wall.ofSources(
                        "record-style-accessors",
                        "agent.total(), not agent.getTotal()",
                        NameWalls::getters));
    }

    private static List<String> emptyWords(CheckedModule module) {
        return module.sources().stream()
                .flatMap(file ->
                        file.namedTypes().stream()
                                .filter(type -> isEmptyWord(type, module.artifact()))
                                .map(type -> file.at(file.at(type, nameOf(type)))))
                .toList();
    }

    private static String nameOf(ClassTree type) {
        return type.getSimpleName().toString();
    }

    private static boolean isEmptyWord(ClassTree type, String artifact) {
        var name = nameOf(type);
        var isModulesOwn = artifact.replace("-", "").equalsIgnoreCase(name);
        return !isModulesOwn && EMPTY_WORDS.stream().anyMatch(name::endsWith);
    }

    private static Stream<String> getters(SourceFile file) {
        if (file.isTest()) return Stream.empty();
        return file.namedTypes().stream()
                .flatMap(type -> type.getMembers().stream())
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(NameWalls::isGetter)
                .map(method -> file.at(method, method.getName().toString()));
    }

    /// What a library demands is an override, and not ours to name.
    private static boolean isGetter(MethodTree method) {
        var isOverride =
                method.getModifiers().getAnnotations().stream()
                        .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
        return !isOverride
                && method.getParameters().isEmpty()
                && GETTER.matcher(method.getName()).matches();
    }
}
