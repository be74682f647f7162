package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ChartTest {

    private static final Path ROOT = RepositoryRoot.find();

    @TempDir Path scratch;

    @Test
    void isFreeOfLint() {
        var result = Chart.asItIs().lint();

        assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ValueSet.class)
    void isFreeOfLintWithValues(ValueSet values) throws IOException {
        var result = Chart.with(scratch, values.yaml()).lint();

        assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ValueSet.class)
    void makesManifestsThatKeepTheRules(ValueSet values) throws IOException {
        var manifests = manifests(values);

        assertThat(manifests).isNotEmpty();
        assertThat(ManifestRules.complaints(manifests)).isEmpty();
    }

    /// Workload, Service and account of each, with budgets and policies beside them.
    @ParameterizedTest
    @CsvSource({
        "LEAST, 20",
        "TRIAL, 25",
        "NO_AGENT, 15",
        "ROOT_AGENT, 20",
        "CONTAINERS, 20",
        "BARE, 12",
        "EVERYTHING, 20",
    })
    void makesWhatWasAskedFor(ValueSet values, int count) throws IOException {
        assertThat(manifests(values)).hasSize(count);
    }

    @ParameterizedTest
    @EnumSource(ValueSet.class)
    void givesNobodyASettingThatItDoesNotKnow(ValueSet values) throws IOException {
        for (var pod : pods(values).entrySet()) {
            if (pod.getKey().equals("postgres")) continue;
            var arguments = pod.getValue().getContainers().getFirst().getArgs();
            assertThat(KnownSettings.of(pod.getKey()).unknownArguments(arguments))
                    .as(pod.getKey())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(ValueSet.class)
    void hasNoRootButAgentsWhenAsked(ValueSet values) throws IOException {
        boolean isPrivileged = values == ValueSet.CONTAINERS;
        boolean isRootWanted =
                isPrivileged || values == ValueSet.ROOT_AGENT || values == ValueSet.EVERYTHING;

        for (var pod : pods(values).entrySet()) {
            boolean isRoot = isRootWanted && pod.getKey().equals("agent");
            var context = pod.getValue().getSecurityContext();
            var security = container(values, pod.getKey()).getSecurityContext();
            assertThat(context.getRunAsUser() == 0L).as(pod.getKey()).isEqualTo(isRoot);
            assertThat(context.getRunAsNonRoot()).isEqualTo(isRoot ? null : true);
            // Whoever is privileged has them all.
            boolean isAdded = isRoot && !isPrivileged;
            if (isRoot && isPrivileged) assertThat(security.getCapabilities()).isNull();
            else assertThat(security.getCapabilities().getAdd().isEmpty()).isEqualTo(!isAdded);
        }
    }

    @Test
    void makesAgentsThatRunContainersPrivilegedAndNobodyElse() throws IOException {
        for (var values : ValueSet.values()) {
            for (var pod : pods(values).entrySet()) {
                boolean isAble = values == ValueSet.CONTAINERS && pod.getKey().equals("agent");
                var security = container(values, pod.getKey()).getSecurityContext();
                assertThat(Boolean.TRUE.equals(security.getPrivileged())).isEqualTo(isAble);
            }
        }
        var agent = container(ValueSet.CONTAINERS, "agent");
        assertThat(agent.getArgs()).contains("--meseta.agent.containers.use=required");
        assertThat(agent.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/var/lib/meseta/agent/volatile"));
        assertThat(container(ValueSet.LEAST, "agent").getArgs())
                .contains("--meseta.agent.containers.use=never");
    }

    @Test
    void hasTheSameCapabilitiesAsTheComposeFile() throws IOException {
        var compose = StrictYaml.document(Files.readString(ROOT.resolve("docker-compose.yml")));

        assertThat(
                        container(ValueSet.ROOT_AGENT, "agent")
                                .getSecurityContext()
                                .getCapabilities()
                                .getAdd())
                .isEqualTo(ComposeRules.texts(compose.at("/services/agent/cap_add")));
    }

    @Test
    void makesDatabasesAsTheComposeFileDoes() throws IOException {
        var script = only(ConfigMap.class, ValueSet.TRIAL).getData().get("10-meseta.sh");

        assertThat(script)
                .isEqualTo(Files.readString(ROOT.resolve("docker/postgres/10-meseta.sh")));
    }

    @Test
    void handsTheSettingsOverAsTheyWereWritten() throws IOException {
        var master = container(ValueSet.EVERYTHING, "master");
        var agent = container(ValueSet.EVERYTHING, "agent");

        assertThat(master.getArgs())
                .contains(
                        "--meseta.master.advertise.host="
                                + "$(POD_NAME).house-meseta-master.cluster.svc",
                        "--meseta.master.database-wait=5m",
                        "--meseta.master.lease=5s",
                        "--meseta.master.terms.agent-silence-max=90s");
        assertThat(agent.getArgs())
                .contains(
                        "--meseta.agent.resources=cpus:1.5;mem:2000000;disk:3000000;"
                                + "ports:[31000-31009,32000-32009]",
                        "--meseta.agent.switch-user=true",
                        "--meseta.agent.attributes=rack:r1;zone:a",
                        "--meseta.agent.gc.delay=1d");
        assertThat(container(ValueSet.EVERYTHING, "auth").getArgs())
                .contains(
                        "--meseta.auth.issuer=https://meseta.example.org/auth",
                        "--meseta.auth.addresses=http://house-meseta-gateway.cluster.svc:8080,"
                                + "https://meseta.example.org",
                        "--meseta.auth.lifetimes.token=5m");
        assertThat(container(ValueSet.EVERYTHING, "gateway").getArgs())
                .contains("--meseta.gateway.forward.connections-max=4096");
        assertThat(master.getImage()).isEqualTo("meseta/master:1.2.3");
        assertThat(agent.getImage()).startsWith("mirror/meseta/agent@sha256:0123");
    }

    @Test
    void namesEveryMasterToThoseWhoLookForOne() throws IOException {
        var masters =
                "http://house-meseta-master-0.house-meseta-master.cluster.svc:5050,"
                        + "http://house-meseta-master-1.house-meseta-master.cluster.svc:5050,"
                        + "http://house-meseta-master-2.house-meseta-master.cluster.svc:5050";

        assertThat(container(ValueSet.LEAST, "gateway").getArgs())
                .contains("--meseta.gateway.masters=" + masters);
        assertThat(container(ValueSet.LEAST, "agent").getArgs())
                .contains("--meseta.agent.masters=" + masters);
    }

    @Test
    void handsTheDatabasesPasswordsOverAsFiles() throws IOException {
        for (var component : List.of("auth", "master")) {
            var secret = volume(ValueSet.LEAST, component, "database").getSecret();
            assertThat(secret.getSecretName())
                    .isEqualTo(component.equals("auth") ? "auth-db" : "meseta-db");
            assertThat(secret.getItems())
                    .extracting(item -> item.getPath())
                    .containsExactly("spring.datasource.username", "spring.datasource.password");
            assertThat(variable(ValueSet.LEAST, component, "SPRING_CONFIG_IMPORT"))
                    .isEqualTo("configtree:/run/meseta-database/");
            assertThat(variable(ValueSet.TRIAL, component, "SPRING_CONFIG_IMPORT"))
                    .isEqualTo("file:/run/meseta/database.properties");
        }
        assertThat(variable(ValueSet.TRIAL, "auth", "SPRING_DATASOURCE_URL"))
                .isEqualTo("jdbc:postgresql://house-meseta-postgres.cluster.svc:5432/meseta_auth");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LEAST|auth|bootstrap.json,bundle-key.pem,seal",
                "TRIAL|auth|bootstrap.json,bundle-key.pem,seal,database.properties",
                "LEAST|master|secret,trust",
                "TRIAL|master|secret,trust,database.properties",
                "LEAST|gateway|secret,trust",
                "LEAST|agent|join-token,trust",
                "TRIAL|postgres|meseta,meseta_auth,superuser",
            })
    void givesEachItsOwnSecretsAndNoOthers(ValueSet values, String component, String files)
            throws IOException {
        var secret = volume(values, component, "secrets").getSecret();

        assertThat(secret.getSecretName()).isEqualTo("house-meseta-" + component);
        assertThat(secret.getItems())
                .extracting(item -> item.getPath())
                .containsExactly(files.split(",", -1));
    }

    @Test
    void findsSecretsOfAnotherName() throws IOException {
        assertThat(volume(ValueSet.EVERYTHING, "agent", "secrets").getSecret().getSecretName())
                .isEqualTo("hidden-agent");
    }

    @Test
    void keepsTheAgentsWorkUnlessToldNotTo() throws IOException {
        assertThat(agents(ValueSet.LEAST).getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(agents(ValueSet.ROOT_AGENT).getSpec().getVolumeClaimTemplates()).isEmpty();
        assertThat(pods(ValueSet.NO_AGENT)).doesNotContainKey("agent");
    }

    @Test
    void spreadsEachOverNodesUnlessToldOtherwise() throws IOException {
        for (var pod : pods(ValueSet.LEAST).values()) {
            assertThat(
                            pod.getAffinity()
                                    .getPodAntiAffinity()
                                    .getPreferredDuringSchedulingIgnoredDuringExecution())
                    .hasSize(1);
        }
        assertThat(pods(ValueSet.EVERYTHING).get("master").getAffinity().getPodAntiAffinity())
                .isNull();
    }

    @Test
    void mayRefuseEvictionsOfAgents() throws IOException {
        var budgets = new TreeMap<String, Integer>();
        for (var manifest : manifests(ValueSet.EVERYTHING)) {
            if (manifest instanceof PodDisruptionBudget budget)
                budgets.put(
                        ManifestRules.component(budget),
                        budget.getSpec().getMaxUnavailable().getIntVal());
        }

        assertThat(budgets).hasSize(4).containsEntry("agent", 0).containsEntry("master", 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runAsUser: 10001|runAsUsr: 10001|runAsUsr",
                "replicas: 3|replicas: one|one",
                "kind: StatefulSet|kind: ClusterRole|may not make a apps/v1 ClusterRole",
                "kind: ServiceAccount|kind: Secret|may not make a v1 Secret",
                "periodSeconds: 5|periodSecond: 5|periodSecond",
            })
    void noticesAManifestThatKubernetesWouldNotTake(String right, String wrong, String said)
            throws IOException {
        var text = Chart.with(scratch, ValueSet.LEAST.yaml()).render();

        assertThat(text).contains(right);
        assertThatThrownBy(() -> parse(text.replace(right, wrong))).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "meseta/master:0.1.0-SNAPSHOT|meseta/master:latest|is latest",
                "readOnlyRootFilesystem: true|readOnlyRootFilesystem: false|can be written to",
                "allowPrivilegeEscalation: false|allowPrivilegeEscalation: true|may gain",
                "drop: [\"ALL\"]|drop: []|keeps capabilities",
                "name: SPRING_CONFIG_IMPORT|name: SPRING_DATASOURCE_PASSWORD|a secret in",
                "server.address=0.0.0.0|meseta.open=true|open to everybody",
                "secret-file=/run/meseta/secret|secret=abc|a secret in its words",
                "policyTypes: [Ingress, Egress]|policyTypes: [Ingress]|a direction open",
                "automountServiceAccountToken: false|automountServiceAccountToken: true|token",
                "serviceAccountName: house-meseta-master|serviceAccountName: other|account",
                "type: RuntimeDefault|type: Unconfined|any system call",
                "namespace: cluster|namespace: other|no namespace of ours",
                "defaultMode: 288|defaultMode: 292|all may read its secrets",
                "clusterIP: None|type: NodePort|a door of its own",
                "health/readiness|health/liveness|asks for something else",
            })
    void noticesABrokenRule(String right, String wrong, String complaint) throws IOException {
        var text = Chart.with(scratch, ValueSet.LEAST.yaml()).render();
        var broken = text.replace(right, wrong);

        assertThat(text).contains(right);
        assertThat(ManifestRules.complaints(parse(broken)))
                .anySatisfy(said -> assertThat(said).contains(complaint));
    }

    private static List<HasMetadata> parse(String manifests) {
        return StrictYaml.documents(manifests).stream().map(KubernetesTypes::parse).toList();
    }

    private List<HasMetadata> manifests(ValueSet values) throws IOException {
        return Chart.with(scratch, values.yaml()).manifests();
    }

    private <T> T only(Class<T> type, ValueSet values) throws IOException {
        return manifests(values).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private StatefulSet agents(ValueSet values) throws IOException {
        return manifests(values).stream()
                .filter(StatefulSet.class::isInstance)
                .map(StatefulSet.class::cast)
                .filter(set -> ManifestRules.component(set).equals("agent"))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, PodSpec> pods(ValueSet values) throws IOException {
        var pods = new TreeMap<String, PodSpec>();
        for (var manifest : manifests(values)) {
            switch (manifest) {
                case StatefulSet set ->
                        pods.put(
                                ManifestRules.component(set),
                                set.getSpec().getTemplate().getSpec());
                case Deployment many ->
                        pods.put(
                                ManifestRules.component(many),
                                many.getSpec().getTemplate().getSpec());
                default -> {}
            }
        }
        return pods;
    }

    private Container container(ValueSet values, String component) throws IOException {
        return Objects.requireNonNull(pods(values).get(component)).getContainers().getFirst();
    }

    private Volume volume(ValueSet values, String component, String name) throws IOException {
        return Objects.requireNonNull(pods(values).get(component)).getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String variable(ValueSet values, String component, String name) throws IOException {
        return container(values, component).getEnv().stream()
                .filter(each -> each.getName().equals(name))
                .map(each -> each.getValue())
                .findFirst()
                .orElseThrow();
    }
}
