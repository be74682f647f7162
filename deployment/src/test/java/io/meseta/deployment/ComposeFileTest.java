package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ComposeFileTest {

    private static final Path ROOT = RepositoryRoot.find();
    private static final Path FILE = ROOT.resolve("docker-compose.yml");
    private static final Path CONTAINERS = ROOT.resolve("docker-compose.containers.yml");
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
                "127.0.0.1}:${MESETA_PORT:-8080}:8080|127.0.0.1}:here:8080",
                "network_mode: none|network_mode: everything",
                "network_mode: none|networks: [door]@@    network_mode: none",
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

    /// What comes on top for agents that run containers changes the agent, and nothing else.
    @Test
    void knowsWhatAnAgentNeedsThatRunsContainers() throws IOException {
        var file = StrictYaml.document(Files.readString(CONTAINERS));

        var whole = read().deepCopy();
        merge((ObjectNode) whole, file);
        // The file by itself may not ask for as much.
        ((ObjectNode) whole.at("/services/agent")).remove(List.of("privileged", "cgroup"));
        assertThat(schemaErrors(whole)).isEmpty();
        assertThat(file.fieldNames()).toIterable().containsExactly("services");
        assertThat(file.path("services").fieldNames()).toIterable().containsExactly("agent");
        var agent = file.at("/services/agent");
        assertThat(agent.path("privileged").asBoolean()).isTrue();
        assertThat(agent.at("/environment/MESETA_AGENT_CONTAINERS_USE").asText())
                .isEqualTo("required");
        assertThat(ComposeRules.texts(agent.path("tmpfs")))
                .containsExactly("/var/lib/meseta/agent/volatile:mode=0700");
        assertThat(agent.at("/build/args/JRE_IMAGE").asText())
                .startsWith("${MESETA_AGENT_JRE_IMAGE:?");
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
                "${MESETA_ADDRESS:-127.0.0.1}:|0.0.0.0:|all may call its port",
                "--server.port=5060|--meseta.open=true|open to everybody",
                "network_mode: none|network_mode: service:auth|no network identity",
                "networks: [agents, out]|ports: ['1:5051']|a door beside the gateway's",
                "networks: [database, members]|networks: [door]|a way out by door",
                "postgres:18|postgres:latest|is latest",
                "postgres:18|postgres|has no tag",
                "postgres:18|registry.example/postgres:18|names a registry",
                "read_only: true|read_only: false|can be written to",
                "cap_drop: [ALL]|cap_drop: []|keeps capabilities",
                "no-new-privileges:true|seccomp:unconfined|may gain privileges",
                "restart: unless-stopped|restart: 'no'|it stays down",
                "restart: \"no\"|restart: unless-stopped|again and again",
                "stop_grace_period: 30s|labels: {}|no stop_grace_period",
                "init: false|init: true|may not signal",
                "agent:/var/lib/meseta|/var/run/docker.sock:/d|the machine's /var/run",
                "agent:/var/lib/meseta|agents:/var/lib/meseta|no volumes are called agents",
                "secrets-gateway:/run/meseta:ro|secrets-auth:/run/meseta:ro|the secrets of auth",
                "secrets-gateway:/run/meseta:ro|secrets-gateway:/run/meseta|change its secrets",
                "agent:/var/lib/meseta|secrets-auth:/d:ro|secrets of others",
                "POSTGRES_PASSWORD_FILE: /run/meseta/|POSTGRES_PASSWORD: x|is in its environment",
                "5432/meseta}|5432/meseta?password=x}|is in its environment",
                "${MESETA_URL:-http://localhost:8080}|${MESETA_URL}|neither a default nor an error",
            })
    void noticesABrokenRule(String right, String wrong, String complaint) throws IOException {
        var text = Files.readString(FILE);

        assertThat(text).contains(right);
        assertThat(ComposeRules.complaints(StrictYaml.document(text.replace(right, wrong))))
                .anySatisfy(said -> assertThat(said).contains(complaint));
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
    void publishesTheGatewayAlone() throws IOException {
        var doors = new ArrayList<String>();
        for (var service : read().path("services").properties()) {
            for (var port : ComposeRules.texts(service.getValue().path("ports"))) {
                doors.add(service.getKey() + " " + port.substring(port.lastIndexOf(':') + 1));
            }
        }

        assertThat(doors).containsExactly("gateway 8080");
    }

    @Test
    void namesEveryMasterToThoseWhoLookForOne() throws IOException {
        var services = read().path("services");
        var masters = new ArrayList<String>();
        for (var service : services.properties()) {
            if (!service.getKey().startsWith("master")) continue;
            masters.add("http://" + service.getKey() + ":5050");
            assertThat(service.getValue().at("/environment/MESETA_MASTER_ADVERTISE_HOST").asText())
                    .isEqualTo(service.getKey());
        }

        assertThat(masters).hasSize(3);
        for (var who : List.of("gateway", "agent")) {
            assertThat(ComposeRules.texts(services.at("/" + who + "/command")))
                    .contains("--meseta." + who + ".masters=" + String.join(",", masters));
        }
    }

    @Test
    void keepsTheStateOfEachMasterToItself() throws IOException {
        var states = new ArrayList<String>();
        for (var service : read().path("services").properties()) {
            for (var volume : ComposeRules.texts(service.getValue().path("volumes"))) {
                if (volume.endsWith(":/var/lib/meseta")) states.add(volume);
            }
        }

        assertThat(states).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void asksTheDatabaseForWhatItsScriptMakesLast() throws IOException {
        var script = Files.readString(ROOT.resolve("docker/postgres/10-meseta.sh"));

        assertThat(script).contains("for name in meseta meseta_auth; do");
        assertThat(ComposeRules.texts(read().at("/services/postgres/healthcheck/test")))
                .contains("--username=meseta_auth", "--dbname=meseta_auth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth", "gateway", "master-1", "master-2", "master-3", "agent"})
    void givesNobodyASettingThatItDoesNotKnow(String name) throws IOException {
        var service = read().at("/services/" + name);
        var known = KnownSettings.of(name.replaceFirst("-[0-9]+$", ""));

        assertThat(known.unknownArguments(ComposeRules.texts(service.path("command")))).isEmpty();
        for (var variable : service.path("environment").properties()) {
            if (variable.getKey().startsWith("MESETA_"))
                assertThat(known.knowsVariable(variable.getKey())).as(variable.getKey()).isTrue();
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
        assertThat(
                        docker(
                                List.of(
                                        "--file",
                                        FILE.toString(),
                                        "--profile",
                                        "cli",
                                        "config",
                                        "--quiet")))
                .isZero();
    }

    private static void assertIsThere(String path) {
        assertThat(ROOT.resolve(path)).isRegularFile();
    }

    private int docker(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "compose"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MESETA_"));
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

    /// As Compose does with what is a mapping, or is not there yet.
    private static void merge(ObjectNode into, JsonNode more) {
        more.properties()
                .forEach(each -> {
                    if (into.get(each.getKey()) instanceof ObjectNode deeper)
                        merge(deeper, each.getValue());
                    else into.set(each.getKey(), each.getValue());
                });
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
