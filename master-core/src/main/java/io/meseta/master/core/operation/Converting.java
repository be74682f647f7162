package io.meseta.master.core.operation;

import io.meseta.master.core.agent.Agent;
import io.meseta.model.AgentCapability;
import io.meseta.model.OperationId;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.List;
import java.util.Optional;

/// The operations on resources of one ACCEPT: what they find, and what they leave behind.
public final class Converting {

    /// No framework may have more operations whose end it has not acknowledged.
    static final int OPERATIONS_MAX = 10_000;

    private final Agent agent;
    private int outstanding;
    private Resources total;
    private Resources used = Resources.EMPTY;
    private Resources made = Resources.EMPTY;

    /// @param outstanding how many operations of the framework have not been acknowledged
    public Converting(Agent agent, int outstanding) {
        this.agent = agent;
        this.outstanding = outstanding;
        this.total = agent.profile().resources();
    }

    /// A task holds these, or has just been given them.
    public void uses(Resources resources) {
        // Volumes are known by their kinds; what two tasks hold of one is not to be added up.
        used =
                used.plus(
                        resources.filter(each ->
                                each.kind().isPersistentVolume() && used.copies(each.kind()) == 0));
    }

    /// What operations have made so far.
    public Resources made() {
        return made;
    }

    /// Why it can't be done; empty if it can.
    ///
    /// @param available what it may take, allocated to `role`
    public Optional<String> problem(
            Optional<OperationId> id, OperationSpec spec, Resources available, Role role) {
        if (outstanding >= OPERATIONS_MAX)
            return Optional.of(
                    "No framework may have more than "
                            + OPERATIONS_MAX
                            + " operations whose end it has not acknowledged");
        var incapable = incapable(agent, id, spec);
        if (incapable.isPresent()) return incapable;
        return new Feasibility(total, used, available, Optional.of(role))
                .problem(spec)
                .map(problem ->
                        problem.isLocal()
                                ? problem.text() + "; on " + agent.whereabouts()
                                : problem.text());
    }

    /// An agent that does not say how operations end does not know of operations.
    public static Optional<String> incapable(
            Agent agent, Optional<OperationId> id, OperationSpec spec) {
        var capabilities = agent.profile().capabilities();
        if (!capabilities.contains(AgentCapability.AGENT_OPERATION_FEEDBACK))
            return Optional.of(
                    (id.isPresent() ? "Operation requested feedback, but " : "Operation on ")
                            + agent.whereabouts()
                            + " does not have the required AGENT_OPERATION_FEEDBACK capability");
        boolean resizes =
                switch (spec.type()) {
                    case GROW_VOLUME, SHRINK_VOLUME -> true;
                    case RESERVE, UNRESERVE, CREATE, DESTROY -> false;
                };
        return resizes && !capabilities.contains(AgentCapability.RESIZE_VOLUME)
                ? Optional.of(
                        "Volume resize is not supported by the agent; on " + agent.whereabouts())
                : Optional.empty();
    }

    /// What is left of what is available once this is done. A volume that has another size can be
    /// used with the next offer only.
    public Resources convert(OperationSpec spec, Resources available) {
        var conversion = spec.conversion();
        outstanding++;
        total = conversion.of(total).orElse(total);
        return switch (spec.type()) {
            case RESERVE, UNRESERVE, CREATE, DESTROY -> {
                made = made.plus(conversion.converted());
                yield conversion.of(available).orElse(available);
            }
            case GROW_VOLUME, SHRINK_VOLUME -> available.minus(conversion.consumed());
        };
    }

    /// The shared volumes that this takes away from whoever else was offered them.
    public static List<ResourceKind> withdrawn(OperationSpec spec) {
        return spec.conversion().consumed().stream()
                .map(Resource::kind)
                .filter(ResourceKind::shared)
                .toList();
    }
}
