package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// How the script comes by what tests of containers need.
final class ScriptPackagesTest extends ScriptBench {

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
}
