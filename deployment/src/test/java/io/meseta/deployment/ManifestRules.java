package io.meseta.deployment;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What we ask of every manifest of the chart.
final class ManifestRules {

    private static final Pattern SECRET = Pattern.compile("(?i)(password|passwd|token|secret)");
    private static final Pattern FILE =
            Pattern.compile("^(--[a-z.-]+-file=)?/run/meseta/[a-z.-]+$");
    private static final Pattern HARMLESS =
            Pattern.compile("^(password_encryption=|--meseta\\.auth\\.lifetimes\\.token=).*$");

    private static final String RUNS_CONTAINERS = "--meseta.agent.containers.use=required";
    private static final String DOOR = "gateway";

    private static final String COMPONENT = "app.kubernetes.io/component";

    private final List<String> complaints = new ArrayList<>();

    private ManifestRules() {}

    /// One sentence for each rule that is broken.
    static List<String> complaints(List<HasMetadata> manifests) {
        var rules = new ManifestRules();
        for (var manifest : manifests) {
            rules.labels(manifest);
            switch (manifest) {
                case StatefulSet set -> rules.pod(set, set.getSpec().getTemplate());
                case Deployment many -> rules.pod(many, many.getSpec().getTemplate());
                case Service service -> rules.service(service);
                case NetworkPolicy policy -> rules.policy(policy);
                case ConfigMap map -> rules.map(map);
                default -> {}
            }
        }
        return rules.complaints;
    }

    static String component(HasMetadata manifest) {
        return component(manifest.getMetadata().getLabels());
    }

    static String component(Map<String, String> labels) {
        return labels.getOrDefault(COMPONENT, "nobody");
    }

    private void labels(HasMetadata manifest) {
        var meta = manifest.getMetadata();
        if (!"cluster".equals(meta.getNamespace()))
            complaints.add(meta.getName() + " is in no namespace of ours");
        if (!"house".equals(meta.getLabels().get("app.kubernetes.io/instance")))
            complaints.add(meta.getName() + " does not say whose it is");
        if (!meta.getName().endsWith("-" + component(manifest)))
            complaints.add(meta.getName() + " is not named after its component");
    }

    private void pod(HasMetadata owner, PodTemplateSpec template) {
        var name = component(owner);
        var pod = template.getSpec();
        if (!component(template.getMetadata().getLabels()).equals(name))
            complaints.add(name + ": its pods are somebody else's");
        if (!("house-meseta-" + name).equals(pod.getServiceAccountName()))
            complaints.add(name + ": it has no account of its own");
        if (!Boolean.FALSE.equals(pod.getAutomountServiceAccountToken()))
            complaints.add(name + ": the pod is handed a token of Kubernetes");
        if (isTrue(pod.getHostNetwork()) || isTrue(pod.getHostPID()) || isTrue(pod.getHostIPC()))
            complaints.add(name + ": the pod shares something with its node");
        if (pod.getVolumes().stream().anyMatch(volume -> volume.getHostPath() != null))
            complaints.add(name + ": the pod sees files of its node");
        var profile = pod.getSecurityContext().getSeccompProfile();
        if (profile == null || !"RuntimeDefault".equals(profile.getType()))
            complaints.add(name + ": the pod may make any system call");
        if (pod.getAffinity() == null) complaints.add(name + ": one node may have all of them");
        for (var volume : pod.getVolumes()) {
            if (volume.getSecret() == null) continue;
            if (!Integer.valueOf(0440).equals(volume.getSecret().getDefaultMode()))
                complaints.add(name + ": all may read its secrets");
            if (volume.getSecret().getItems().isEmpty())
                complaints.add(name + ": it sees secrets that it has not named");
        }
        for (var container : pod.getContainers()) {
            ImageName.complaint(container.getImage()).ifPresent(said -> complain(container, said));
            probes(container);
            resources(container);
            security(container);
            words(container);
        }
    }

    private void probes(Container container) {
        probe(container, "startup", container.getStartupProbe());
        probe(container, "liveness", container.getLivenessProbe());
        probe(container, "readiness", container.getReadinessProbe());
    }

    private void probe(Container container, String name, Probe probe) {
        if (probe == null) complain(container, "no " + name + " probe");
        else if (probe.getTimeoutSeconds() == null || probe.getPeriodSeconds() == null)
            complain(container, name + " has no time limit");
        else if (probe.getHttpGet() != null
                && probe.getHttpGet().getPath().endsWith("readiness") != name.equals("readiness"))
            complain(container, name + " asks for something else");
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
        if (!isTrue(context.getReadOnlyRootFilesystem()))
            complain(container, "its root can be written to");
        // An agent that was asked to run containers can't do with less.
        boolean isAble = container.getArgs().contains(RUNS_CONTAINERS);
        if (isAble && isTrue(context.getPrivileged())) return;
        if (!Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()))
            complain(container, "it may gain privileges");
        if (isTrue(context.getPrivileged())) complain(container, "it is privileged");
        var capabilities = context.getCapabilities();
        if (capabilities == null || !capabilities.getDrop().equals(List.of("ALL")))
            complain(container, "it keeps capabilities");
    }

    private void words(Container container) {
        for (var word : container.getArgs()) {
            if (word.contains("meseta.open")) complain(container, "it is open to everybody");
            boolean isFile = FILE.matcher(word).matches() || HARMLESS.matcher(word).matches();
            if (SECRET.matcher(word).find() && !isFile)
                complain(container, "a secret in its words: " + word);
        }
        for (var variable : container.getEnv()) {
            if (isSecret(variable)) complain(container, "a secret in " + variable.getName());
        }
    }

    private static boolean isSecret(EnvVar variable) {
        var value = Optional.ofNullable(variable.getValue()).orElse("");
        var from = variable.getValueFrom();
        if (from != null && from.getSecretKeyRef() != null) return true;
        if (variable.getName().endsWith("_FILE") && FILE.matcher(value).matches()) return false;
        return SECRET.matcher(variable.getName()).find() || SECRET.matcher(value).find();
    }

    private void service(Service service) {
        var spec = service.getSpec();
        boolean isDoor = component(service).equals(DOOR);
        boolean isInside = spec.getType() == null || spec.getType().equals("ClusterIP");
        if (!isDoor && !isInside) complaints.add(component(service) + " has a door of its own");
        if (spec.getPorts().size() != 1) complaints.add(component(service) + " has not one port");
        if (!component(spec.getSelector()).equals(component(service)))
            complaints.add(component(service) + " leads to " + component(spec.getSelector()));
    }

    private void policy(NetworkPolicy policy) {
        var spec = policy.getSpec();
        if (!spec.getPolicyTypes().containsAll(List.of("Ingress", "Egress")))
            complaints.add(component(policy) + ": the network policy leaves a direction open");
        for (var rule : spec.getIngress()) {
            if (rule.getFrom().isEmpty() && !component(policy).equals(DOOR))
                complaints.add(component(policy) + ": all may call it");
            if (rule.getPorts().isEmpty()) complaints.add(component(policy) + ": at all ports");
        }
    }

    private void map(ConfigMap map) {
        for (var text : map.getData().values()) {
            if (text.matches("(?is).*password\\s*[=:]\\s*[a-z0-9]{6,}.*"))
                complaints.add(map.getMetadata().getName() + " tells a password");
        }
    }

    private void complain(Container container, String complaint) {
        complaints.add(container.getName() + ": " + complaint);
    }

    private static boolean isTrue(Boolean flag) {
        return Boolean.TRUE.equals(flag);
    }
}
