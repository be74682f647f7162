package io.meseta.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The chart with values of somebody's, as they would install it.
final class Chart {

    private static final Path SOURCE = RepositoryRoot.find().resolve("helm/meseta");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;

    private Chart(Path directory) {
        this.directory = directory;
    }

    static Chart asItIs() {
        return new Chart(SOURCE);
    }

    /// A copy in `scratch` whose values are the chart's, overridden by these in YAML.
    static Chart with(Path scratch, String overrides) throws IOException {
        var directory = Files.createTempDirectory(scratch, "chart").resolve("meseta");
        try (var paths = Files.walk(SOURCE)) {
            for (var path : paths.toList()) {
                Files.copy(path, directory.resolve(SOURCE.relativize(path).toString()));
            }
        }
        var values =
                (ObjectNode) StrictYaml.document(Files.readString(SOURCE.resolve("values.yaml")));
        override(values, StrictYaml.document(overrides));
        // The library speaks for a Kubernetes older than the chart wants, and can't be told
        // otherwise.
        var about = Files.readString(SOURCE.resolve("Chart.yaml"));
        Files.writeString(
                directory.resolve("Chart.yaml"), about.replaceAll("(?m)^kubeVersion:.*\n", ""));
        Files.writeString(directory.resolve("values.yaml"), MAPPER.writeValueAsString(values));
        return new Chart(directory);
    }

    /// As Helm does it: object by object, everything else whole.
    private static void override(ObjectNode values, JsonNode overrides) {
        for (var entry : overrides.properties()) {
            if (values.get(entry.getKey()) instanceof ObjectNode inner
                    && entry.getValue().isObject()) override(inner, entry.getValue());
            else values.set(entry.getKey(), entry.getValue());
        }
    }

    LintResult lint() {
        return new Helm(directory).lint().strict().call();
    }

    /// The manifests as text; an exception tells why there are none.
    String render() {
        return new Helm(directory).template().withName("house").withNamespace("cluster").call();
    }

    List<HasMetadata> manifests() {
        return StrictYaml.documents(render()).stream().map(KubernetesTypes::parse).toList();
    }
}
