package io.meseta.master.frameworks;

import com.google.protobuf.TextFormat;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.wire.ResourceReading;
import io.meseta.master.wire.Sealed;
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
record ExecutorReading(FrameworkId framework, Role role, Optional<AgentId> agent, Cluster cluster) {

    private static final String RULE =
            "------------------------------------------------------------\n";

    /// Mesos prints whole numbers without a fraction.
    private static final Pattern WHOLE = Pattern.compile("(?m)^(\\s*value: -?\\d+)\\.0$");

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
        checkSame(spec, info);
        return spec;
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
    ExecutorInfo completed(ExecutorInfo sent) {
        var info = sent.toBuilder().setFrameworkId(WireNames.id(framework));
        if (sent.getType() == ExecutorInfo.Type.UNKNOWN) info.setType(ExecutorInfo.Type.CUSTOM);
        for (var each : info.getResourcesBuilderList())
            if (!each.hasAllocationInfo()) each.getAllocationInfoBuilder().setRole(role.name());
        return info.build();
    }

    private void checkSame(ExecutorSpec spec, ExecutorInfo info) throws Unacceptable {
        var key = new ExecutorKey(framework, spec.id());
        var known = agent.flatMap(each -> cluster.tasks().executors().find(each, key));
        if (known.isEmpty() || known.get().spec().wire().equals(spec.wire())) return;
        throw new Unacceptable(
                "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n"
                        + RULE
                        + "Existing ExecutorInfo:\n"
                        + text(Sealed.executor(known.get().spec().wire()))
                        + "\n"
                        + RULE
                        + "ExecutorInfo:\n"
                        + text(info)
                        + "\n"
                        + RULE);
    }

    private static String text(ExecutorInfo info) {
        return WHOLE.matcher(TextFormat.printer().printToString(info)).replaceAll("$1");
    }
}
