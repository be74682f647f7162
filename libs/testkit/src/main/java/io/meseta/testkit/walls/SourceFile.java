package io.meseta.testkit.walls;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One source file of ours, with the tree the compiler's parser made of it.
record SourceFile(
        String name,
        List<String> lines,
        boolean isTest,
        CompilationUnitTree unit,
        SourcePositions positions,
        Types types) {

    private static final String ROOM_SIGN = "package-info.java";

    SourceFile {
        lines = List.copyOf(lines);
    }

    /// Reads all sources below two roots, which need not exist.
    static List<SourceFile> read(Path main, Path test) {
        var files = new ArrayList<Path>();
        files.addAll(javaFiles(main));
        files.addAll(javaFiles(test));
        return Parsing.parse(files, path -> path.startsWith(test));
    }

    private static List<Path> javaFiles(Path root) {
        if (!Files.isDirectory(root)) return List.of();
        try (var paths = Files.walk(root)) {
            return paths.filter(SourceFile::isOurs).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + root, failure);
        }
    }

    private static boolean isOurs(Path path) {
        var isPlanted = path.toString().contains("/" + CheckedModule.PLANTED + "/");
        return path.toString().endsWith(".java") && !isPlanted;
    }

    String at(String what) {
        return packageName() + "/" + name + ": " + what;
    }

    String at(Tree tree, String what) {
        return "line " + line(tree) + ": " + what;
    }

    boolean isRoomSign() {
        return name.equals(ROOM_SIGN);
    }

    String packageName() {
        var declared = unit.getPackageName();
        return declared == null ? "" : declared.toString();
    }

    /// Counted from one.
    long line(Tree tree) {
        return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    long lastLine(Tree tree) {
        return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
    }

    /// Types at the top of the file, in order.
    Stream<ClassTree> topTypes() {
        return unit.getTypeDecls().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast);
    }

    /// All types that have a name, nested and local ones too.
    List<ClassTree> namedTypes() {
        var found = new ArrayList<ClassTree>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
                if (!type.getSimpleName().isEmpty()) found.add(type);
                return super.visitClass(type, null);
            }
        }.scan(unit, null);
        return found;
    }
}
