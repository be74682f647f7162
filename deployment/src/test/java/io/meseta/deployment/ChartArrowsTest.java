package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may speak with whom in a cluster that enforces NetworkPolicies: an arrow counts only if both
/// of its ends allow it.
final class ChartArrowsTest {

    private static final Set<String> BETWEEN_ALL =
            Set.of(
                    "agent -> gateway:8080",
                    "agent -> master:5050",
                    "gateway -> agent:31000-31099",
                    "gateway -> agent:5051",
                    "gateway -> auth:5060",
                    "gateway -> master:5050",
                    "master -> auth:5060");

    @TempDir Path scratch;

    @Test
    void allowsExactlyTheArrowsThatAreNeeded() throws IOException {
        var policies = policies(ValueSet.LEAST);

        assertThat(outgoing(policies))
                .containsAll(BETWEEN_ALL)
                .containsAll(
                        List.of(
                                "agent -> anywhere:53",
                                "auth -> anywhere:5432",
                                "auth -> anywhere:53",
                                "gateway -> anywhere:53",
                                "master -> anywhere:5432",
                                "master -> anywhere:53"))
                .hasSize(BETWEEN_ALL.size() + 6);
        var coming = new TreeSet<>(BETWEEN_ALL);
        coming.remove("agent -> gateway:8080");
        coming.add("anywhere -> gateway:8080");
        assertThat(incoming(policies)).containsExactlyElementsOf(coming);
    }

    @Test
    void letsOnlyTheTwoWhoKeepSomethingReachTheTrialsDatabase() throws IOException {
        var policies = policies(ValueSet.TRIAL);
        var database = List.of("auth -> postgres:5432", "master -> postgres:5432");

        assertThat(outgoing(policies))
                .containsAll(database)
                .noneMatch(arrow -> arrow.startsWith("postgres"))
                .noneMatch(arrow -> arrow.endsWith("anywhere:5432"));
        assertThat(incoming(policies)).containsAll(database);
        assertThat(incoming(policies).stream().filter(arrow -> arrow.contains("> postgres")))
                .hasSize(2);
    }

    @Test
    void knowsNoAgentsWhereThereAreNone() throws IOException {
        var policies = policies(ValueSet.NO_AGENT);

        assertThat(outgoing(policies)).noneMatch(arrow -> arrow.contains("agent"));
        assertThat(incoming(policies)).noneMatch(arrow -> arrow.contains("agent"));
    }

    @Test
    void drawsTheArrowsThatAreAskedFor() throws IOException {
        var policies = policies(ValueSet.EVERYTHING);

        assertThat(incoming(policies))
                .contains("others -> gateway:8080", "agent -> gateway:8080")
                .doesNotContain("anywhere -> gateway:8080");
        assertThat(outgoing(policies))
                .contains(
                        "master -> others:6432",
                        "auth -> others:6432",
                        "agent -> others:443",
                        "gateway -> agent:31000-31009",
                        "gateway -> agent:32000-32009");
    }

    private List<NetworkPolicy> policies(ValueSet values) throws IOException {
        return Chart.with(scratch, values.yaml()).manifests().stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList();
    }

    private static Set<String> outgoing(List<NetworkPolicy> policies) {
        var arrows = new TreeSet<String>();
        for (var policy : policies) {
            for (var rule : policy.getSpec().getEgress()) {
                for (var peer : names(rule.getTo())) {
                    for (var port : rule.getPorts()) {
                        arrows.add(
                                "%s -> %s:%s"
                                        .formatted(
                                                ManifestRules.component(policy), peer, text(port)));
                    }
                }
            }
        }
        return arrows;
    }

    private static Set<String> incoming(List<NetworkPolicy> policies) {
        var arrows = new TreeSet<String>();
        for (var policy : policies) {
            for (var rule : policy.getSpec().getIngress()) {
                for (var peer : names(rule.getFrom())) {
                    for (var port : rule.getPorts()) {
                        arrows.add(
                                "%s -> %s:%s"
                                        .formatted(
                                                peer, ManifestRules.component(policy), text(port)));
                    }
                }
            }
        }
        return arrows;
    }

    private static List<String> names(List<NetworkPolicyPeer> peers) {
        if (peers.isEmpty()) return List.of("anywhere");
        return peers.stream().map(ChartArrowsTest::name).toList();
    }

    private static String name(NetworkPolicyPeer peer) {
        if (peer.getPodSelector() == null) return "others";
        return ManifestRules.component(peer.getPodSelector().getMatchLabels());
    }

    private static String text(NetworkPolicyPort port) {
        var first = port.getPort().getIntVal().toString();
        return port.getEndPort() == null ? first : first + "-" + port.getEndPort();
    }
}
