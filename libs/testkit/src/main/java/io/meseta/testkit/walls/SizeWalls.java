package io.meseta.testkit.walls;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// How large a thing may be. The aims are far below these walls.
final class SizeWalls {

    private static final int FILE_LINES_MAX = 400;
    private static final int TEST_FILE_LINES_MAX = 700;
    private static final int METHOD_LINES_MAX = 70;
    private static final int PARAMETERS_MAX = 6;
    private static final int COLLABORATORS_MAX = 8;
    private static final int RECORD_COMPONENTS_MAX = 10;
    private static final int PACKAGE_TYPES_MAX = 30;
    private static final int COLUMNS_MAX = 100;
    private static final int NESTING_MAX = 4;
    private static final int BRANCHES_MAX = 15;

    private SizeWalls() {}

    static List<Wall> all() {
        return List.of(
                Wall.ofSources("file-size", "a file tells one thing", SizeWalls::longFile),
                Wall.ofSources("line-width", "two files side by side", SizeWalls::wideLines),
                Wall.ofSources("method-size", "a method tells one story", SizeWalls::longMethods),
                Wall.ofSources(
                        "parameters", "more means a missing type", SizeWalls::manyParameters),
                Wall.ofSources(
                        "nesting",
                        "push ifs up and loops down",
                        file -> measure(file, Shape::nesting, NESTING_MAX, "nested")),
                Wall.ofSources(
                        "branches",
                        "push ifs up and loops down",
                        file -> measure(file, Shape::branches, BRANCHES_MAX, "branches")),
                new Wall(
                        "package-size",
                        "a room that holds everything is no room",
                        ModuleKind.all(),
                        SizeWalls::fullPackages));
    }

    private static Stream<String> longFile(SourceFile file) {
        int max = file.isTest() ? TEST_FILE_LINES_MAX : FILE_LINES_MAX;
        int lines = file.lines().size();
        return lines > max ? Stream.of(lines + " lines") : Stream.empty();
    }

    /// Imports cannot be broken, nor can the lines of a text block.
    private static Stream<String> wideLines(SourceFile file) {
        var inTextBlock = TextBlocks.lines(file);
        return IntStream.rangeClosed(1, file.lines().size())
                .filter(number -> !inTextBlock.contains((long) number))
                .filter(number -> isWide(file.lines().get(number - 1)))
                .mapToObj(number -> "line " + number);
    }

    private static boolean isWide(String line) {
        return line.codePointCount(0, line.length()) > COLUMNS_MAX && !line.startsWith("import ");
    }

    private static Stream<String> longMethods(SourceFile file) {
        return methods(file).stream()
                .filter(each -> each.getBody() != null)
                .filter(each -> lines(file, each) > METHOD_LINES_MAX)
                .map(each -> file.at(each, each.getName() + ": " + lines(file, each) + " lines"));
    }

    private static long lines(SourceFile file, Tree tree) {
        return file.lastLine(tree) - file.line(tree) + 1;
    }

    private static Stream<String> manyParameters(SourceFile file) {
        var methods = file.namedTypes().stream().flatMap(type -> manyParameters(file, type));
        var records =
                file.namedTypes().stream()
                        .filter(each -> each.getKind() == Tree.Kind.RECORD)
                        .filter(each -> components(each) > RECORD_COMPONENTS_MAX)
                        .map(each -> file.at(each, each.getSimpleName() + ": split it"));
        return Stream.concat(methods, records);
    }

    private static Stream<String> manyParameters(SourceFile file, ClassTree type) {
        var isRecord = type.getKind() == Tree.Kind.RECORD;
        return type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(each -> each.getParameters().size() > parametersMax(each, isRecord))
                .map(each -> file.at(each, each.getName() + "(" + each.getParameters() + ")"));
    }

    private static int parametersMax(MethodTree method, boolean isInRecord) {
        if (!method.getName().contentEquals("<init>")) return PARAMETERS_MAX;
        return isInRecord ? RECORD_COMPONENTS_MAX : COLLABORATORS_MAX;
    }

    private static long components(ClassTree record) {
        return record.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(each -> !each.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
    }

    private static Stream<String> measure(
            SourceFile file, ToIntFunction<Shape> measure, int max, String word) {
        return methods(file).stream()
                .filter(each -> measure.applyAsInt(Shape.of(each)) > max)
                .map(each -> {
                    int size = measure.applyAsInt(Shape.of(each));
                    return file.at(each, each.getName() + ": " + word + " " + size);
                });
    }

    private static List<MethodTree> methods(SourceFile file) {
        var found = new ArrayList<MethodTree>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
                found.add(method);
                return super.visitMethod(method, null);
            }
        }.scan(file.unit(), null);
        return found;
    }

    private static List<String> fullPackages(CheckedModule module) {
        return module.sources().stream()
                .filter(file -> !file.isTest() && !file.isRoomSign())
                .collect(Collectors.groupingBy(SourceFile::packageName, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(room -> room.getValue() > PACKAGE_TYPES_MAX)
                .map(room -> room.getKey() + ": " + room.getValue() + " types")
                .toList();
    }
}
