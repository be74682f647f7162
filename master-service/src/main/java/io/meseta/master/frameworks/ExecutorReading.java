package io.meseta.master.frameworks;

import com.google.protobuf.TextFormat;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
import io.meseta.master.wire.SecretSealing;
import io.meseta.master.wire.Unacceptable;
import io.meseta.master.wire.WireIds;
import io.meseta.master.wire.WireNames;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads an executor that a framework brings along, with those of Mesos' checks that need nothing
/// but a look at the cluster as it was a moment ago.
///
/// @param role the role of the offers; resources that name none are allocated to it
/// @param agent the agent of the offers; empty if the offers are unknown
/// @param secrets of all that is read together
record ExecutorReading(
        FrameworkId framework,
        Role role,
        Optional<AgentId> agent,
        Cluster cluster,
        SecretSealing secrets) {

    private static final String RULE =
            "------------------------------------------------------------\n";

    /// Mesos prints whole numbers without a fraction.
    private static final Pattern WHOLE = Pattern.compile("(?m)^(\\s*value: -?\\d+)\\.0$");

    ExecutorReading(FrameworkId framework, Role role, Optional<AgentId> agent, Cluster cluster) {
        this(framework, role, agent, cluster, new SecretSealing(agent.flatMap(cluster::agent)));
    }

    ExecutorSpec read(ExecutorInfo sent) throws Unacceptable {
        var id = WireIds.read(sent.getExecutorId().getValue(), ExecutorId::new);
        var info = completed(sent);
        var resources = ResourceReading.read(info.getResourcesList());
        for (var each : info.getResourcesList())
            if (!each.getAllocationInfo().getRole().equals(role.name()))
                throw new Unacceptable(
                        "Invalid executor resources: The resources have multiple allocation roles"
                                + " ('"
                                + role
                                + "' and '"
                                + each.getAllocationInfo().getRole()
                                + "') but only one allocation role is allowed");
        var spec = new ExecutorSpec(id, resources, Sealed.seal(info));
        return same(spec, info);
    }

    /// The tasks that the executor of that id has already.
    Stream<TaskInfo> tasks(ExecutorId id) {
        return agent.stream()
                .flatMap(each -> cluster.tasks().on(each))
                .filter(task ->
                        task.key().framework().equals(framework)
                                && task.spec().home().executorId().filter(id::equals).isPresent())
                .map(task -> Sealed.task(task.spec().wire()));
    }

    /// As the agent, and whoever reads there, is told of it.
    ExecutorInfo completed(ExecutorInfo sent) throws Unacceptable {
        var info = sent.toBuilder().setFrameworkId(WireNames.id(framework));
        if (sent.getType() == ExecutorInfo.Type.UNKNOWN) info.setType(ExecutorInfo.Type.CUSTOM);
        for (var each : info.getResourcesBuilderList())
            if (!each.hasAllocationInfo()) each.getAllocationInfoBuilder().setRole(role.name());
        return secrets.sealed(info.build());
    }

    /// As it is known, where it is: a secret is another text each time that it is sealed, and what
    /// runs has the one that it was started with.
    private ExecutorSpec same(ExecutorSpec spec, ExecutorInfo info) throws Unacceptable {
        var key = new ExecutorKey(framework, spec.id());
        var known = agent.flatMap(each -> cluster.tasks().executors().find(each, key));
        if (known.isEmpty()) return spec;
        var existing = SecretSealing.without(Sealed.executor(known.get().spec().wire()));
        var proposed = SecretSealing.without(info);
        if (existing.equals(proposed)) return known.get().spec();
        throw new Unacceptable(
                "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n"
                        + RULE
                        + "Existing ExecutorInfo:\n"
                        + text(existing)
                        + "\n"
                        + RULE
                        + "ExecutorInfo:\n"
                        + text(proposed)
                        + "\n"
                        + RULE);
    }

    private static String text(ExecutorInfo info) {
        return WHOLE.matcher(TextFormat.printer().printToString(info)).replaceAll("$1");
    }
}
