package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComposeFileTest {

    private static final Path ROOT = RepositoryRoot.find();
    private static final Path FILE = ROOT.resolve("docker-compose.yml");
    private static final String PASSWORD_FILE = "MESETA_DB_PASSWORD_FILE";
    private static final long DOCKER_SECONDS_MAX = 30;

    @TempDir Path directory;

    @Test
    void saysOnlyWhatTheSpecificationKnows() throws IOException {
        assertThat(schemaErrors(read())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read_only: true|readonly: true",
                "stop_grace_period: 30s|stop_grace_period: soon",
                "init: true|init: perhaps",
                "restart: unless-stopped|restart: sometimes",
                "memory: 1g|memory: plenty",
                "cap_drop: [ALL]|cap_drop: ALL",
                "condition: service_healthy|condition: healthy",
                "- 127.0.0.1:|- localhost-",
                "network_mode: service:door|networks: [door]@@    network_mode: service:door",
            })
    void refusesWhatTheSpecificationDoesNotKnow(String right, String wrong) throws IOException {
        var text = Files.readString(FILE);

        assertThat(text).contains(right);
        assertThat(
                        schemaErrors(
                                StrictYaml.document(
                                        text.replace(right, wrong.replace("@@", "\n")))))
                .isNotEmpty();
    }

    @Test
    void refusesAKeyThatStandsTwice() throws IOException {
        var text = Files.readString(FILE) + "\nvolumes: {}\n";

        assertThatThrownBy(() -> StrictYaml.document(text)).hasMessageContaining("duplicate key");
    }

    @Test
    void keepsTheRules() throws IOException {
        assertThat(ComposeRules.complaints(read())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- 127.0.0.1:${MESETA_MASTER|- 0.0.0.0:${MESETA_MASTER|all may call its port",
                "--server.address=127.0.0.1|--server.address=0.0.0.0|not on the loopback",
                "network_mode: service:door|network_mode: host|not behind the door",
                "postgres:18|postgres:latest|is latest",
                "haproxy:3.2|haproxy|has no tag",
                "haproxy:3.2|registry.example/haproxy:3.2|names a registry",
                "read_only: true|read_only: false|can be written to",
                "cap_drop: [ALL]|cap_drop: []|keeps capabilities",
                "no-new-privileges:true|seccomp:unconfined|may gain privileges",
                "restart: unless-stopped|restart: 'no'|it stays down",
                "stop_grace_period: 30s|labels: {}|no stop_grace_period",
                "init: false|init: true|may not signal",
                "agent:/var/lib/meseta|/var/run/docker.sock:/d|the machine's /var/run",
                "agent:/var/lib/meseta|agents:/var/lib/meseta|no volumes are called agents",
                "POSTGRES_PASSWORD_FILE: /run/secrets/|POSTGRES_PASSWORD: x|is in its environment",
                "5432/meseta}|5432/meseta?password=x}|is in its environment",
                "${MESETA_DB_USER:-meseta}|${MESETA_DB_USER}|neither a default nor an error",
            })
    void noticesABrokenRule(String right, String wrong, String complaint) throws IOException {
        var text = Files.readString(FILE);

        assertThat(text).contains(right);
        assertThat(ComposeRules.complaints(StrictYaml.document(text.replace(right, wrong))))
                .anySatisfy(said -> assertThat(said).contains(complaint));
    }

    @Test
    void noticesASecretWithADefault() throws IOException {
        var text =
                Files.readString(FILE).replaceAll("\\$\\{MESETA_DB_PASSWORD_FILE.*}", "./password");

        assertThat(ComposeRules.complaints(StrictYaml.document(text)))
                .containsExactly("the secret database-password has a file by default");
    }

    @Test
    void namesFilesThatAreThere() throws IOException {
        var file = read();

        for (var config : file.path("configs")) assertIsThere(config.path("file").asText());
        for (var service : file.path("services")) {
            if (service.has("build")) assertIsThere(service.at("/build/dockerfile").asText());
        }
    }

    @Test
    void publishesThePortsAtWhichTheDoorListens() throws IOException {
        var door = Files.readString(ROOT.resolve("docker/door/haproxy.cfg"));
        var published = ComposeRules.texts(read().at("/services/door/ports"));

        var listening = Pattern.compile("bind :([0-9]+)").matcher(door).results();
        assertThat(listening.map(match -> match.group(1)))
                .containsExactlyElementsOf(
                        published.stream()
                                .map(port -> port.substring(port.lastIndexOf(':') + 1))
                                .toList());
        for (var variable : read().at("/services/door/environment").properties()) {
            assertThat(door).contains("127.0.0.1:${" + variable.getKey() + "}");
        }
    }

    @Test
    void runsAPostgresThatKeepsWhatItConfirms() throws IOException {
        assertThat(ComposeRules.texts(read().at("/services/postgres/command")))
                .contains("fsync=on", "synchronous_commit=on");
    }

    @Test
    void isUnderstoodByDocker() throws IOException, InterruptedException {
        assumeTrue(
                docker(List.of("version")) == 0,
                "no docker with the compose plug-in here: not asked");
        var password = Files.writeString(directory.resolve("password"), "x");

        assertThat(docker(List.of("--file", FILE.toString(), "config", "--quiet")))
                .as("without a password")
                .isNotZero();
        assertThat(Files.readString(directory.resolve("output")))
                .contains(PASSWORD_FILE, "run-it-for-real.md");
        assertThat(
                        docker(
                                List.of(
                                        "--file",
                                        FILE.toString(),
                                        "--profile",
                                        "cli",
                                        "config",
                                        "--quiet"),
                                password))
                .as("with one")
                .isZero();
    }

    private static void assertIsThere(String path) {
        assertThat(ROOT.resolve(path)).isRegularFile();
    }

    private int docker(List<String> arguments, Path... password)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MESETA_"));
        for (var file : password) builder.environment().put(PASSWORD_FILE, file.toString());
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("output").toFile());
        Process docker;
        try {
            docker = builder.start();
        } catch (IOException _) {
            return -1; // no docker at all
        }
        if (!docker.waitFor(DOCKER_SECONDS_MAX, TimeUnit.SECONDS)) {
            docker.destroyForcibly();
            return -1;
        }
        return docker.exitValue();
    }

    private static JsonNode read() {
        try {
            return StrictYaml.document(Files.readString(FILE));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> schemaErrors(JsonNode file) throws IOException {
        return schema().validate(file).stream().map(ValidationMessage::getMessage).toList();
    }

    private static JsonSchema schema() throws IOException {
        try (var in = ComposeFileTest.class.getResourceAsStream("compose.schema.json")) {
            var text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
        }
    }
}
