package io.meseta.master.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands of the guide on reading, as a reader would.
@Timeout(60)
final class ReadingGuideIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    /// What some commands print; all of them must succeed.
    private static final List<String> PRINTED =
            List.of(
                    "\"frameworks\":[",
                    "{\"tasks\":[]}",
                    "\"completed_frameworks\":[]",
                    "\"healthy\":true",
                    "\"recovered_agents\":[]",
                    "Meseta-Sequence: ",
                    "Meseta-Age-Ms: 0",
                    "\"sequence\":",
                    "RESUMED",
                    "\"master/elected\":1.0",
                    "{\"data\":\"What was logged",
                    "1\n");

    @Test
    void doesWhatTheGuideSays(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "there is no curl");
        var log = Files.writeString(directory.resolve("master.log"), "What was logged.\n");
        try (var master = TestMaster.start("logging.file.name=" + log)) {
            var printed = run(script("http://127.0.0.1:" + master.port()), directory);

            assertThat(printed).contains(PRINTED);
        }
    }

    private static String script(String address) throws IOException {
        var guide = RepositoryRoot.find().resolve("docs/guides/reading-the-cluster.md");
        var script = new StringBuilder("set -eu\n");
        BLOCK.matcher(Files.readString(guide))
                .results()
                .forEach(block -> script.append(block.group(1)).append("echo\n"));
        assertThat(script.toString()).contains("master=http://127.0.0.1:5050");
        return script.toString().replace("http://127.0.0.1:5050", address);
    }

    private static String run(String script, Path directory) throws Exception {
        var out = directory.resolve("out");
        var process =
                new ProcessBuilder("bash", "-c", script)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        var printed = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
