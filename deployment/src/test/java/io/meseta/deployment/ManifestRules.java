package io.meseta.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What we ask of every manifest of the chart.
final class ManifestRules {

    private static final Pattern SECRET = Pattern.compile("(?i)(password|passwd|token|secret)");
    private static final List<String> WORDS =
            List.of("--meseta.open=true", "--server.address=127.0.0.1");

    private final List<String> complaints = new ArrayList<>();

    private ManifestRules() {}

    /// One sentence for each rule that is broken.
    static List<String> complaints(List<HasMetadata> manifests) {
        var rules = new ManifestRules();
        for (var manifest : manifests) {
            rules.labels(manifest);
            switch (manifest) {
                case StatefulSet set -> rules.pod(set.getSpec().getTemplate().getSpec());
                case Service service -> rules.service(service);
                case NetworkPolicy policy -> rules.policy(policy);
                default -> {}
            }
        }
        return rules.complaints;
    }

    private void labels(HasMetadata manifest) {
        var meta = manifest.getMetadata();
        if (!"cluster".equals(meta.getNamespace()))
            complaints.add(meta.getName() + " is in no namespace of ours");
        if (!"house".equals(meta.getLabels().get("app.kubernetes.io/instance")))
            complaints.add(meta.getName() + " does not say whose it is");
    }

    private void pod(PodSpec pod) {
        if (!Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()))
            complaints.add("the pod is handed a token of Kubernetes");
        if (isTrue(pod.getHostNetwork()) || isTrue(pod.getHostPID()) || isTrue(pod.getHostIPC()))
            complaints.add("the pod shares something with its node");
        if (pod.getVolumes().stream().anyMatch(volume -> volume.getHostPath() != null))
            complaints.add("the pod sees files of its node");
        var profile = pod.getSecurityContext().getSeccompProfile();
        if (profile == null || !"RuntimeDefault".equals(profile.getType()))
            complaints.add("the pod may make any system call");
        for (var container : pod.getContainers()) {
            image(container);
            probes(container);
            resources(container);
            security(container);
            words(container);
        }
    }

    private void image(Container container) {
        ImageName.complaint(container.getImage()).ifPresent(said -> complain(container, said));
    }

    private void probes(Container container) {
        probe(container, "startup", container.getStartupProbe());
        probe(container, "liveness", container.getLivenessProbe());
        probe(container, "readiness", container.getReadinessProbe());
    }

    /// From inside of the pod: in open mode nobody else is answered.
    private void probe(Container container, String name, Probe probe) {
        if (probe == null) complain(container, "no " + name + " probe");
        else if (probe.getExec() == null) complain(container, name + " is asked from outside");
        else if (probe.getTimeoutSeconds() == null || probe.getPeriodSeconds() == null)
            complain(container, name + " has no time limit");
    }

    private void resources(Container container) {
        var resources = container.getResources();
        if (!resources.getRequests().keySet().containsAll(List.of("cpu", "memory")))
            complain(container, "it requests no resources");
        if (!resources.getLimits().containsKey("memory")) complain(container, "no memory limit");
    }

    private void security(Container container) {
        var context =
                Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
        if (!Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()))
            complain(container, "it may gain privileges");
        if (isTrue(context.getPrivileged())) complain(container, "it is privileged");
        if (!isTrue(context.getReadOnlyRootFilesystem()))
            complain(container, "its root can be written to");
        var capabilities = context.getCapabilities();
        if (capabilities == null || !capabilities.getDrop().equals(List.of("ALL")))
            complain(container, "it keeps capabilities");
    }

    private void words(Container container) {
        if (!container.getArgs().containsAll(WORDS)) complain(container, "it is not on loopback");
        for (var word : container.getArgs()) {
            if (SECRET.matcher(word).find()) complain(container, "a secret in its words: " + word);
        }
        for (var variable : container.getEnv()) {
            if (isSecret(variable)) complain(container, "a secret in " + variable.getName());
        }
    }

    private static boolean isSecret(EnvVar variable) {
        var value = Optional.ofNullable(variable.getValue()).orElse("");
        return SECRET.matcher(variable.getName()).find() || SECRET.matcher(value).find();
    }

    private void service(Service service) {
        if (!service.getSpec().getPorts().isEmpty())
            complaints.add("a service leads to a loopback, which nobody can reach");
    }

    private void policy(NetworkPolicy policy) {
        var spec = policy.getSpec();
        if (!spec.getPolicyTypes().containsAll(List.of("Ingress", "Egress")))
            complaints.add("the network policy leaves a direction open");
        if (!spec.getIngress().isEmpty()) complaints.add("the network policy lets somebody in");
    }

    private void complain(Container container, String complaint) {
        complaints.add(container.getName() + ": " + complaint);
    }

    private static boolean isTrue(Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
