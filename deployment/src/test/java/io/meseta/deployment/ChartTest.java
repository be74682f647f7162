package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ChartTest {

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

    @ParameterizedTest
    @CsvSource({
        "LEAST, 5",
        "NO_AGENT, 5",
        "ROOT_AGENT, 5",
        "BARE, 2",
        "EVERYTHING, 5",
    })
    void makesWhatWasAskedFor(ValueSet values, int count) throws IOException {
        assertThat(manifests(values)).hasSize(count);
    }

    @ParameterizedTest
    @EnumSource(ValueSet.class)
    void hasOnePodWhoseAgentIsRootOnlyWhenAsked(ValueSet values) throws IOException {
        var pod = pod(values);
        boolean isRootWanted = values == ValueSet.ROOT_AGENT || values == ValueSet.EVERYTHING;

        for (var container : pod.getContainers()) {
            boolean isRoot = isRootWanted && container.getName().equals("agent");
            var context = container.getSecurityContext();
            assertThat(context.getRunAsUser()).isEqualTo(isRoot ? 0L : null);
            assertThat(context.getCapabilities().getAdd().isEmpty()).isEqualTo(!isRoot);
        }
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001L);
        assertThat(pod.getSecurityContext().getRunAsNonRoot())
                .isEqualTo(isRootWanted ? null : true);
    }

    @Test
    void runsTheMasterAloneWithoutAnAgent() throws IOException {
        assertThat(pod(ValueSet.NO_AGENT).getContainers())
                .extracting(Container::getName)
                .containsExactly("master");
    }

    @Test
    void hasTheSameCapabilitiesAsTheComposeFile() throws IOException {
        var compose =
                StrictYaml.document(
                        Files.readString(RepositoryRoot.find().resolve("docker-compose.yml")));

        assertThat(agent(ValueSet.ROOT_AGENT).getSecurityContext().getCapabilities().getAdd())
                .isEqualTo(ComposeRules.texts(compose.at("/services/agent/cap_add")));
    }

    @Test
    void handsTheSettingsOverAsTheyWereWritten() throws IOException {
        var containers = pod(ValueSet.EVERYTHING).getContainers();

        assertThat(containers.getFirst().getArgs())
                .contains(
                        "--server.port=6050",
                        "--meseta.master.advertise.port=6050",
                        "--meseta.master.database-wait=5m",
                        "--meseta.master.lease=5s",
                        "--meseta.master.terms.agent-silence-max=90s");
        assertThat(containers.getLast().getArgs())
                .contains(
                        "--server.port=6051",
                        "--meseta.agent.masters=http://127.0.0.1:6050",
                        "--meseta.agent.resources=cpus:1.5;mem:2000000;disk:3000000;"
                                + "ports:[31000-31009,32000-32009]",
                        "--meseta.agent.switch-user=true",
                        "--meseta.agent.attributes=rack:r1;zone:a",
                        "--meseta.agent.gc.delay=1d");
        assertThat(containers.getLast().getReadinessProbe().getExec().getCommand())
                .containsExactly("/opt/meseta/healthy", "6051", "readiness");
        assertThat(containers.getFirst().getImage()).isEqualTo("meseta/master:1.2.3");
        assertThat(containers.getLast().getImage()).startsWith("mirror/meseta/agent@sha256:0123");
    }

    @Test
    void handsThePasswordOverAsAFile() throws IOException {
        var secret =
                pod(ValueSet.LEAST).getVolumes().stream()
                        .filter(volume -> volume.getName().equals("database"))
                        .findFirst()
                        .orElseThrow()
                        .getSecret();

        assertThat(secret.getSecretName()).isEqualTo("meseta-db");
        assertThat(secret.getDefaultMode()).isEqualTo(0440);
        assertThat(secret.getItems())
                .extracting(item -> item.getPath())
                .containsExactly("spring.datasource.username", "spring.datasource.password");
    }

    @Test
    void keepsTheAgentsWorkUnlessToldNotTo() throws IOException {
        assertThat(set(ValueSet.LEAST).getSpec().getVolumeClaimTemplates()).hasSize(1);
        assertThat(set(ValueSet.ROOT_AGENT).getSpec().getVolumeClaimTemplates()).isEmpty();
        assertThat(set(ValueSet.NO_AGENT).getSpec().getVolumeClaimTemplates()).isEmpty();
    }

    @Test
    void letsOutOnlyWhatIsNamed() throws IOException {
        var policy = only(NetworkPolicy.class, ValueSet.EVERYTHING).getSpec();

        assertThat(policy.getEgress()).hasSize(3);
        assertThat(policy.getEgress().get(1).getPorts().getFirst().getPort().getIntVal())
                .isEqualTo(6432);
        assertThat(policy.getEgress().get(1).getTo()).hasSize(1);
    }

    @Test
    void mayRefuseEvictions() throws IOException {
        var budget = only(PodDisruptionBudget.class, ValueSet.EVERYTHING);

        assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runAsUser: 10001|runAsUsr: 10001|runAsUsr",
                "replicas: 1|replicas: one|one",
                "kind: StatefulSet|kind: ClusterRole|may not make a apps/v1 ClusterRole",
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
                "server.address=127.0.0.1|server.address=0.0.0.0|not on loopback",
                "ingress: []|ingress: [{}]|lets somebody in",
                "policyTypes: [Ingress, Egress]|policyTypes: [Ingress]|a direction open",
                "clusterIP: None|ports: [{port: 80}]|leads to a loopback",
                "automountServiceAccountToken: false|automountServiceAccountToken: true|token",
                "type: RuntimeDefault|type: Unconfined|any system call",
                "namespace: cluster|namespace: other|no namespace of ours",
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

    private StatefulSet set(ValueSet values) throws IOException {
        return only(StatefulSet.class, values);
    }

    private PodSpec pod(ValueSet values) throws IOException {
        return set(values).getSpec().getTemplate().getSpec();
    }

    private Container agent(ValueSet values) throws IOException {
        return pod(values).getContainers().getLast();
    }
}
