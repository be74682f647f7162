package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The script `meseta`, in a repository of its own, with a JDK and a Maven that only pretend.
final class ScriptTest extends ScriptBench {

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
}
