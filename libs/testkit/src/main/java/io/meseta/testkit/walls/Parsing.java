package io.meseta.testkit.walls;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.tools.ToolProvider;

/// Parses sources with the JDK's own compiler: no second opinion on what Java is.
final class Parsing {

    private Parsing() {}

    static List<SourceFile> parse(List<Path> paths, Predicate<Path> isTest) {
        if (paths.isEmpty()) return List.of();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"));
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var sources = files.getJavaFileObjectsFromPaths(paths);
            var task = (JavacTask) compiler.getTask(null, files, _ -> {}, options, null, sources);
            var units = task.parse();
            var positions = Trees.instance(task).getSourcePositions();
            var types = new Types(task.getElements(), task.getTypes());
            var parsed = new ArrayList<SourceFile>();
            for (var unit : units) {
                var path = Path.of(unit.getSourceFile().toUri());
                parsed.add(
                        new SourceFile(
                                path.getFileName().toString(),
                                Files.readAllLines(path),
                                isTest.test(path),
                                unit,
                                positions,
                                types));
            }
            return parsed;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the sources", failure);
        }
    }
}
