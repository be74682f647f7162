package io.meseta.deployment;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;

/// Manifests as types of the Kubernetes API, read more strictly than an API server reads them: a
/// field that the type does not have is an error.
final class KubernetesTypes {

    /// All that the chart may make. Nothing here reaches beyond its namespace, and no Secret is
    /// made by a chart, which would keep it in its release.
    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "apps/v1 StatefulSet", StatefulSet.class,
                    "apps/v1 Deployment", Deployment.class,
                    "v1 ConfigMap", ConfigMap.class,
                    "v1 Service", Service.class,
                    "v1 ServiceAccount", ServiceAccount.class,
                    "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
                    "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class);

    private static final ObjectMapper STRICT = strict();

    private KubernetesTypes() {}

    static HasMetadata parse(JsonNode manifest) {
        var kind = manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText();
        var type = KINDS.get(kind);
        if (type == null) throw new IllegalArgumentException("the chart may not make a " + kind);
        return STRICT.convertValue(manifest, type);
    }

    /// The types keep unknown fields in a map; without that door they have no place to go.
    private static ObjectMapper strict() {
        return new ObjectMapper()
                .setAnnotationIntrospector(
                        new JacksonAnnotationIntrospector() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public Boolean hasAnySetter(Annotated annotated) {
                                return false;
                            }
                        })
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
