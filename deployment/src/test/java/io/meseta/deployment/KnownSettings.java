package io.meseta.deployment;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// The settings that a service takes, as its sources have them: the records that are bound to
/// settings. A service refuses to start with any other, so nobody should be given one.
final class KnownSettings {

    private static final Map<String, String> MODULES =
            Map.of(
                    "auth", "auth-service",
                    "master", "master-service",
                    "agent", "agent-service",
                    "gateway", "gateway");
    private static final String SHARED = "libs/service-platform";
    private static final String BOUND = "ConfigurationProperties";
    private static final Pattern ARGUMENT = Pattern.compile("^--([^=]+)=.*$", Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    /// Spring's own that we use.
    private static final Set<String> OTHERS = Set.of("server.address", "server.port");

    private final Set<String> names;

    private KnownSettings(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    /// @param service `auth`, `master`, `agent` or `gateway`
    static KnownSettings of(String service) throws IOException {
        var module = MODULES.get(service);
        if (module == null) throw new IllegalArgumentException("no service: " + service);
        var names = new TreeSet<String>();
        for (var each : List.of(SHARED, module)) {
            for (var unit : parse(RepositoryRoot.find().resolve(each + "/src/main/java"))) {
                for (var type : unit.getTypeDecls()) collect(type, names);
            }
        }
        return new KnownSettings(names);
    }

    private static void collect(Tree type, Set<String> names) {
        if (!(type instanceof ClassTree bound)) return;
        for (var prefix : prefixes(bound.getModifiers())) collect(bound, bound, prefix, names);
    }

    Set<String> names() {
        return names;
    }

    /// Those of `--NAME=VALUE` that the service would stumble over.
    List<String> unknownArguments(List<String> arguments) {
        var unknown = new ArrayList<String>();
        for (var argument : arguments) {
            var named = ARGUMENT.matcher(argument);
            if (!named.matches() || !isKnown(named.group(1))) unknown.add(argument);
        }
        return unknown;
    }

    boolean isKnown(String name) {
        return names.contains(name) || OTHERS.contains(name);
    }

    /// Whether a variable of the environment is one of them: its words are not told apart.
    boolean knowsVariable(String variable) {
        return names.stream()
                .map(name -> name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT))
                .anyMatch(variable::equals);
    }

    private static List<CompilationUnitTree> parse(Path sources) throws IOException {
        List<Path> files;
        try (var paths = Files.walk(sources)) {
            files =
                    paths.filter(path -> path.toString().endsWith(".java"))
                            .filter(KnownSettings::speaksOfSettings)
                            .toList();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var units = new ArrayList<CompilationUnitTree>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    manager,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    manager.getJavaFileObjectsFromPaths(files));
            task.parse().forEach(units::add);
        }
        return units;
    }

    private static boolean speaksOfSettings(Path file) {
        try {
            return Files.readString(file).contains("@" + BOUND);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> prefixes(ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .filter(each -> each.getAnnotationType().toString().equals(BOUND))
                .map(KnownSettings::onlyText)
                .toList();
    }

    private static String onlyText(AnnotationTree annotation) {
        var text = TEXT.matcher(annotation.getArguments().toString());
        if (!text.find()) throw new IllegalStateException("no prefix: " + annotation);
        return text.group(1);
    }

    /// A component whose type is a record of the same file has settings below it.
    private static void collect(ClassTree file, ClassTree type, String prefix, Set<String> names) {
        for (var component : components(type)) {
            var name = prefix + "." + kebab(component.getName().toString());
            var inner = record(file, component.getType().toString());
            inner.ifPresentOrElse(
                    record -> collect(file, record, name, names), () -> names.add(name));
        }
    }

    private static List<VariableTree> components(ClassTree type) {
        return type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .toList();
    }

    private static Optional<ClassTree> record(ClassTree file, String name) {
        var simple = name.replaceAll("^.*[. ]", "");
        return file.getMembers().stream()
                .filter(member -> member.getKind() == Tree.Kind.RECORD)
                .map(ClassTree.class::cast)
                .filter(inner -> inner.getSimpleName().contentEquals(simple))
                .findFirst();
    }

    private static String kebab(String name) {
        return name.chars()
                .mapToObj(c -> Character.isUpperCase(c) ? "-" + (char) (c | ' ') : "" + (char) c)
                .collect(Collectors.joining());
    }
}
