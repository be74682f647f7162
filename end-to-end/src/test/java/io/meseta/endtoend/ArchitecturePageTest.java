package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The map names only what is there: each Java type and each path of the repository that a page of
/// the architecture has in backticks exists.
final class ArchitecturePageTest {

    private static final Path ROOT = RepositoryRoot.find();

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    /// What is planned may be named under the last heading.
    private static final Pattern ROAD = Pattern.compile("(?ms)^## The road$.*");

    /// A word in camel case, perhaps with a member: `ClusterWriter`, `Cluster.decide(…)`.
    private static final Pattern TYPE =
            Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)*)(?:[.#]([A-Za-z]+))?(?:\\(.*\\))?");

    /// `libs/client`, `docs/STYLE.md`, `pom.xml`; but no route, which begins with a slash.
    private static final Pattern PATH =
            Pattern.compile("\\.?/?[\\w-]+(?:/[\\w.-]+)+/?|[\\w-]+\\.(?:md|xml|java|proto|sh|sql)");

    /// `master-core`: words joined by hyphens are modules.
    private static final Pattern MODULE = Pattern.compile("[a-z]+(?:-[a-z]+)+");

    private static final Set<String> SKIPPED = Set.of("target", ".git", ".meseta", "node_modules");

    static Stream<Path> pages() throws IOException {
        var pages = new ArrayList<Path>();
        pages.add(Path.of("docs/ARCHITECTURE.md"));
        try (var journeys = Files.list(ROOT.resolve("docs/journeys"))) {
            journeys.sorted().map(ROOT::relativize).forEach(pages::add);
        }
        return pages.stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namesOnlyWhatExists(Path page) throws IOException {
        var lies = lies(Files.readString(ROOT.resolve(page)));

        assertThat(lies).as("named in %s, and not there", page).isEmpty();
    }

    @Test
    void findsWhatDoesNotExist() {
        var text =
                """
                `NoSuchType` in `libs/no-such-module`, `no-core`, `docs/NONE.md`, `Cluster.noSuchMember`;
                but `Cluster.decide(command, moment)` and `master-core` are there.

                ## The road

                `AlsoNotHere`
                """;

        assertThat(lies(text))
                .containsExactly(
                        "NoSuchType",
                        "libs/no-such-module",
                        "no-core",
                        "docs/NONE.md",
                        "Cluster.noSuchMember");
    }

    private static List<String> lies(String text) {
        var types = Types.INSTANCE;
        var lies = new ArrayList<String>();
        var present = ROAD.matcher(CODE_BLOCK.matcher(text).replaceAll("")).replaceAll("");
        var code = CODE.matcher(present);
        while (code.find()) {
            var name = code.group(1);
            var type = TYPE.matcher(name);
            if (type.matches()) {
                if (!types.has(type.group(1), type.group(2))) lies.add(name);
            } else if (PATH.matcher(name).matches()) {
                if (!Files.exists(ROOT.resolve(name))) lies.add(name);
            } else if (MODULE.matcher(name).matches() && !isModule(name)) {
                lies.add(name);
            }
        }
        return lies;
    }

    private static boolean isModule(String name) {
        return Stream.of(name, "libs/" + name)
                .anyMatch(directory -> Files.exists(ROOT.resolve(directory).resolve("pom.xml")));
    }

    /// All Java types of the repository's main sources, and the protobuf messages.
    private record Types(Set<String> names, List<String> sources) {

        private static final Pattern DECLARATION =
                Pattern.compile("\\b(?:class|interface|record|enum|message)\\s+([A-Z]\\w*)");

        private static final Types INSTANCE = read();

        boolean has(String type, String member) {
            if (!names.contains(type)) return false;
            if (member == null) return true;
            // Declared where the type is: a nested type, a method, a constant.
            var declared = Pattern.compile("[\\w>\\]] +" + member + "\\b|\\brecord " + member);
            return sources.stream()
                    .filter(source -> declares(source, type))
                    .anyMatch(source -> declared.matcher(source).find());
        }

        private static boolean declares(String source, String type) {
            return Pattern.compile("\\b(?:class|interface|record|enum) " + type + "\\b")
                    .matcher(source)
                    .find();
        }

        private static Types read() {
            var names = new HashSet<String>();
            var sources = new ArrayList<String>();
            try {
                Files.walkFileTree(
                        ROOT,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult preVisitDirectory(
                                    Path directory, BasicFileAttributes attributes) {
                                return SKIPPED.contains(directory.getFileName().toString())
                                                || directory.endsWith("src/test")
                                        ? FileVisitResult.SKIP_SUBTREE
                                        : FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFile(
                                    Path file, BasicFileAttributes attributes) throws IOException {
                                var name = file.getFileName().toString();
                                if (name.endsWith(".java") || name.endsWith(".proto")) {
                                    sources.add(Files.readString(file));
                                }
                                return FileVisitResult.CONTINUE;
                            }
                        });
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read the sources", failure);
            }
            for (var source : sources) {
                var declaration = DECLARATION.matcher(source);
                while (declaration.find()) names.add(declaration.group(1));
            }
            return new Types(names, sources);
        }
    }
}
