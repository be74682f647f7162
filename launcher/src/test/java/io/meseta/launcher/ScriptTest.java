package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `meseta`, in a repository of its own, with a JDK and a Maven that only pretend.
final class ScriptTest {

    private static final int LIMIT_S = 60;

    /// Says which program it is, and its arguments, one a line.
    private static final String JAVA =
            """
            #!/usr/bin/env bash
            for word in "$@"; do [[ $word == *AOTCacheOutput* ]] && exit 0; done
            echo "java of $(basename "$(dirname "$(dirname "$0")")")"
            printf '<%s>\\n' "$@"
            """;

    /// Notes its arguments; makes what a build makes, and fails when told to.
    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            [[ $1 == -v ]] && echo "Apache Maven VERSION (x)" && exit
            printf '%s\\n' "$* [JAVA_HOME=$(basename "$JAVA_HOME")]" >>"$MAVEN_LOG"
            for word in "$@"; do
                if [[ $word == -DoutputDirectory=* ]]; then
                    new=${word#*=}/apache-maven-3.9.16/bin
                    mkdir -p "$new" && sed 's/VERSION/3.9.16/' "$0" >"$new/mvn"
                fi
            done
            [[ $* == *package* ]] && for module in auth-service master-service agent-service gateway cli launcher; do
                mkdir -p "$module/target/lib"
                printf '%s' "${UNREPEATABLE:+$PWD}" >"$module/target/$module-1.jar"
                touch "$module/target/lib/$module-lib.jar"
            done
            echo "[INFO] Building launcher 1 [13/16]"
            echo "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1"
            echo "[INFO] noise"
            echo "[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0"
            exit "${MAVEN_STATUS:-0}"
            """;

    @TempDir private Path directory;

    private Path root;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void settle() throws IOException {
        root = Files.createDirectories(directory.resolve("my repository"));
        tools = Files.createDirectories(directory.resolve("tools"));
        Files.copy(RepositoryRoot.find().resolve("meseta"), root.resolve("meseta"));
        makeExecutable(root.resolve("meseta"));
        for (var module : List.of("master-service", "libs/client", "cli")) {
            Files.createDirectories(root.resolve(module).resolve("src/main/java"));
            Files.createDirectories(root.resolve(module).resolve("src/test/java/a/b"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "");
        }
        makeOld(root);
        maven("3.9.6");
        jdk("jdk-17", "17.0.1");
        jdk("jdk-25", "25.0.3");
        environment.put("MESETA_JVM_DIR", directory.resolve("jvm").toString());
        environment.put("MAVEN_LOG", directory.resolve("maven.log").toString());
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("HOME", directory.toString());
        // Nothing is to be installed because of these tests.
        environment.put("MESETA_TEST_USER", "1000");
        environment.put("MESETA_POLICY_FILE", directory.resolve("policy").toString());
    }

    @Test
    void helpsWithoutAnything() throws Exception {
        environment.put("MESETA_JVM_DIR", "/nowhere");

        var outcome = meseta("help");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("up  ", "--open", "test --full")
                .doesNotContain("set -e", "#");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        assertThat(meseta("bogus"))
                .isEqualTo(
                        new Outcome(1, "", "meseta: unknown command bogus: see ./meseta help\n"));
        assertThat(meseta("test", "bogus").err()).startsWith("meseta: unknown module bogus");
        assertThat(meseta("test", "--bogus").err())
                .startsWith("meseta: test: unknown flag --bogus");
    }

    @Test
    void saysThatThereIsNoJdk() throws Exception {
        environment.put("MESETA_JVM_DIR", "/nowhere");

        var outcome = meseta("up");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("meseta: no JDK 25 found").hasLineCount(1);
    }

    @Test
    void takesAJdk25FromWhereverItIs() throws Exception {
        assertThat(meseta("up").out()).startsWith("java of jdk-25\n");

        environment.put("JAVA_HOME", jdk("mine", "25").toString());
        assertThat(meseta("up").out()).startsWith("java of mine\n");

        environment.put("JAVA_HOME", directory.resolve("jvm/jdk-17").toString());
        assertThat(meseta("up").out()).startsWith("java of jdk-25\n");
    }

    @Test
    void buildsWhatIsMissingOrStaleAndNothingElse() throws Exception {
        var first = meseta("up", "--open");
        assertThat(first.err()).contains("building", "  [13/16] launcher");
        assertThat(first.out())
                .contains("-Dmeseta.data=" + real(root) + "/.meseta>", "<up>\n<--open>");
        assertThat(builds()).hasSize(1);

        assertThat(meseta("up").err()).isEmpty();
        assertThat(builds()).hasSize(1);

        Files.writeString(root.resolve("cli/src/main/java/New.java"), "");
        meseta("run", "--", "true");
        assertThat(builds()).as("only up builds what is stale").hasSize(1);
        meseta("up");
        assertThat(builds()).hasSize(2);

        meseta("up");
        Files.delete(root.resolve("cli/src/main/java/New.java"));
        meseta("up");
        assertThat(builds()).as("a file less is a change").hasSize(3);

        Files.writeString(root.resolve("cli/src/test/java/NewTest.java"), "");
        meseta("up");
        assertThat(builds()).as("tests are not part of it").hasSize(3);
    }

    @Test
    void doesNotStartWhatCouldNotBeBuilt() throws Exception {
        environment.put("MAVEN_STATUS", "1");

        var outcome = meseta("up");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("meseta: the build failed: see ");
    }

    @Test
    void fetchesANewerMavenWithTheOldOne() throws Exception {
        maven("3.6.3");

        var outcome = meseta("up");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("fetching Maven 3.9.16 (yours is 3.6.3");
        assertThat(mavenCalls().getFirst())
                .contains("dependency-plugin", "org.apache.maven:apache-maven:3.9.16:zip:bin");
        assertThat(root.resolve(".meseta/tools/apache-maven-3.9.16/bin/mvn")).isExecutable();
        assertThat(mavenCalls().getLast()).contains("package", "[JAVA_HOME=jdk-25]");
    }

    @Test
    void stopsWhenTheNewerMavenCannotBeFetched() throws Exception {
        maven("3.6.3");
        environment.put("MAVEN_STATUS", "1");

        var outcome = meseta("up");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("meseta: Maven 3.6.3 could not fetch Maven 3.9.16");
        assertThat(builds()).isEmpty();
    }

    @Test
    void saysThatThereIsNoMaven() throws Exception {
        Files.delete(tools.resolve("mvn"));
        environment.put("PATH", withoutMaven().toString());

        assertThat(meseta("up").err())
                .startsWith("meseta: no Maven found: install one")
                .hasLineCount(1);
    }

    @Test
    void testsEverythingAndIsHonestAboutIt() throws Exception {
        var passed = meseta("test");
        assertThat(passed.code()).isZero();
        assertThat(passed.out())
                .contains(
                        "[INFO] Building launcher",
                        "Tests run: 5, Failures: 1, Errors: 0, Skipped: 1 (all modules)",
                        "PASSED")
                .doesNotContain("noise");
        assertThat(mavenCalls().getLast()).contains("verify").doesNotContain("-pl", "-Dexcluded");
        assertThat(root.resolve(".meseta/logs/test.log")).content().contains("noise");

        environment.put("MAVEN_STATUS", "1");
        var failed = meseta("test");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).contains("FAILED");
    }

    @Test
    void buildsTwiceInTheFullTestAndNamesWhatDiffers() throws Exception {
        var full = meseta("test", "--full");
        assertThat(full.out()).contains("Reproducible: 12 jars", "PASSED");
        assertThat(full.code()).isZero();
        assertThat(mavenCalls())
                .filteredOn(call -> call.contains("-pl cli -am package"))
                .hasSize(2);
        assertThat(mavenCalls())
                .filteredOn(call -> call.contains("verify"))
                .last()
                .asString()
                .contains("-Dexcluded.test.groups=");
        assertThat(root.resolve(".meseta/twice")).doesNotExist();

        environment.put("UNREPEATABLE", "1");
        var differing = meseta("test", "--full");
        assertThat(differing.code()).isEqualTo(1);
        assertThat(differing.out())
                .contains("NOT REPRODUCIBLE", "  ./cli/target/cli-1.jar", "FAILED")
                .doesNotContain("cli-lib.jar");
    }

    @Test
    void testsOneModuleWithoutTheTestsOfItsLibraries() throws Exception {
        var tests = root.resolve("libs/client/src/test/java/a/b");
        Files.writeString(tests.resolve("OneTest.java"), "");
        Files.writeString(tests.resolve("Fixture.java"), "");

        meseta("test", "client");

        assertThat(mavenCalls().getLast()).contains("-pl libs/client -am -Dtest=a.b.OneTest ");
    }

    @Test
    void saysLoudlyWhatIsSkippedWhereNothingMayBeInstalled() throws Exception {
        program("dpkg-query", "[[ $* == *conmon ]] || echo installed");
        program("apt-get", "exit 1");

        var test = meseta("test");

        assertThat(test.err())
                .contains("SKIPPED: tests that need conmon,", "apt-get install -y conmon");
        assertThat(test.out()).contains("PASSED");
    }

    @Test
    void installsWhatTestsNeedAndGoesOnWithoutIt() throws Exception {
        environment.put("MESETA_TEST_USER", "0");
        program("dpkg-query", "[[ $* == *conmon ]] || echo installed");
        program(
                "apt-get",
                "echo \"$* $(cat '%s')\" >>\"$MAVEN_LOG\"; exit 100".formatted(policy()));

        var test = meseta("test");

        assertThat(test.err())
                .contains("installing what tests need: conmon\n")
                .contains("NOT INSTALLED", "SKIPPED are the tests that need conmon");
        assertThat(test.out()).contains("PASSED");
        assertThat(mavenCalls().getFirst()).isEqualTo("update #!/bin/sh");
        assertThat(policy()).doesNotExist();
    }

    private Path policy() {
        return directory.resolve("policy");
    }

    private void program(String name, String script) throws IOException {
        var text = "#!/usr/bin/env bash\n" + script + "\n";
        makeExecutable(Files.writeString(tools.resolve(name), text));
    }

    @Test
    void passesWordsOnAsTheyAre() throws Exception {
        var outcome = meseta("run", "--", "sh", "-c", "echo 'a  b' \"$x\"", "");

        assertThat(outcome.out()).endsWith("<run>\n<-->\n<sh>\n<-c>\n<echo 'a  b' \"$x\">\n<>\n");
    }

    @Test
    void tellsTheLogsOfServicesFromThoseOfTasks() throws Exception {
        assertThat(meseta("logs", "-f", "--service", "master").out()).contains("launcher.jar>");
        assertThat(meseta("logs", "-f", "web").out()).contains("cli.jar>");
        assertThat(meseta("status").out()).contains("launcher.jar>");
        assertThat(meseta("doctor").out()).contains("launcher.jar>", "<doctor>");
        assertThat(meseta("ps").out()).contains("cli.jar>");
    }

    @Test
    void findsItsRepositoryThroughALinkFromAnywhere() throws Exception {
        var link = directory.resolve("link");
        Files.createSymbolicLink(link, Path.of("my repository", "meseta"));

        var outcome = run(Path.of("/"), List.of(link.toString(), "ps"));

        assertThat(outcome.out()).contains("<-Dmeseta.data=" + real(root) + "/.meseta>");
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(directory.resolve("maven.log"));
    }

    private List<String> builds() throws IOException {
        return mavenCalls().stream().filter(call -> call.contains("package")).toList();
    }

    private Path jdk(String name, String version) throws IOException {
        var home = Files.createDirectories(directory.resolve("jvm").resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        for (var program : List.of("java", "javac")) {
            makeExecutable(Files.writeString(home.resolve("bin").resolve(program), JAVA));
        }
        return home;
    }

    private void maven(String version) throws IOException {
        makeExecutable(Files.writeString(tools.resolve("mvn"), MAVEN.replace("VERSION", version)));
    }

    /// A directory with the tools that the script needs, and no Maven.
    private Path withoutMaven() throws IOException {
        var bin = Files.createDirectories(directory.resolve("bin"));
        var names =
                "bash cat cp date dirname env find flock grep head ls mkdir mv readlink rm sed sort"
                        + " tail touch";
        for (var name : names.split(" ", -1)) {
            // Not a link: the deletion of links that lead away is warned of.
            var script =
                    "#!/bin/sh\nexec $(PATH=/usr/bin:/bin command -v %s) \"$@\"\n".formatted(name);
            makeExecutable(Files.writeString(bin.resolve(name), script));
        }
        return bin;
    }

    /// Older than any stamp, whatever the file system's resolution.
    private static void makeOld(Path tree) throws IOException {
        try (var paths = Files.walk(tree)) {
            for (var path : paths.toList().reversed()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
            }
        }
    }

    private static Path makeExecutable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String real(Path path) throws IOException {
        return path.toRealPath().toString();
    }

    private Outcome meseta(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(root.resolve("meseta").toString()));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    private Outcome run(Path from, List<String> command) throws IOException, InterruptedException {
        var out = Files.createTempFile(directory, "out", "");
        var err = Files.createTempFile(directory, "err", "");
        var builder = new ProcessBuilder(command).directory(from.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        var process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
