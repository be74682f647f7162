package io.meseta.allocator;

import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.model.AgentCapability;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.Resource;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import java.util.Optional;

/// What a framework may see in one of its roles, whoever holds it now: rules that change only when
/// the framework or the agent does.
final class Entitlement {

    private final Role role;
    private final boolean hasHierarchicalRole;
    private final boolean hasMultiRole;
    private final boolean takesGpus;
    private final boolean takesRevocable;
    private final boolean takesShared;
    private final boolean takesRefined;
    private final boolean takesRemote;
    private final OfferConstraints constraints;

    Entitlement(Role role, FrameworkTraits traits) {
        this.role = role;
        hasHierarchicalRole = role.name().indexOf('/') >= 0;
        hasMultiRole = traits.has(FrameworkCapability.MULTI_ROLE);
        takesGpus = traits.has(FrameworkCapability.GPU_RESOURCES);
        takesRevocable = traits.has(FrameworkCapability.REVOCABLE_RESOURCES);
        takesShared = traits.has(FrameworkCapability.SHARED_RESOURCES);
        takesRefined = traits.has(FrameworkCapability.RESERVATION_REFINEMENT);
        takesRemote = traits.has(FrameworkCapability.REGION_AWARE);
        constraints = traits.constraints();
    }

    /// Whether the framework may see the agent at all. An agent with GPUs is kept whole for those
    /// who use them.
    boolean coversAgent(Turn turn) {
        var seat = turn.seat;
        return (takesGpus || !turn.hasGpus)
                && coversRegion(seat)
                && (!hasMultiRole || seat.traits().has(AgentCapability.MULTI_ROLE))
                && (!hasHierarchicalRole || seat.traits().has(AgentCapability.HIERARCHICAL_ROLE))
                && meetsConstraints(seat);
    }

    boolean meetsConstraints(Seat seat) {
        return constraints.admits(role, seat.traits().place());
    }

    boolean coversGpus(Seat seat) {
        return takesGpus || !seat.hasGpus();
    }

    boolean coversRegion(Seat seat) {
        return takesRemote || !seat.traits().isInRemoteRegion();
    }

    /// The capability that the agent would need to serve this claimant and has not, if any.
    Optional<AgentCapability> lackingIn(Seat seat) {
        if (hasMultiRole && !seat.traits().has(AgentCapability.MULTI_ROLE)) {
            return Optional.of(AgentCapability.MULTI_ROLE);
        }
        if (hasHierarchicalRole && !seat.traits().has(AgentCapability.HIERARCHICAL_ROLE)) {
            return Optional.of(AgentCapability.HIERARCHICAL_ROLE);
        }
        return Optional.empty();
    }

    /// Whether all of this may be taken whatever the role and the capabilities.
    static boolean isForAnyone(Resources resources) {
        return resources.filter(Entitlement::isForAnyone).equals(resources);
    }

    /// The part of the resources that the framework may take.
    Resources of(Resources resources) {
        return resources.filter(this::covers);
    }

    /// Whether some of this is reserved for the role, or for one above it.
    boolean hasReserved(Resources resources) {
        return !resources.filter(each -> each.kind().isReserved() && isForRole(each)).isEmpty();
    }

    boolean isForRole(Resource resource) {
        return resource.kind().isAllocatableTo(role);
    }

    private static boolean isForAnyone(Resource resource) {
        var kind = resource.kind();
        return !kind.isReserved() && !kind.revocable() && !kind.shared();
    }

    private boolean covers(Resource resource) {
        var kind = resource.kind();
        return (!kind.revocable() || takesRevocable)
                && (!kind.shared() || takesShared)
                && (!kind.isRefined() || takesRefined)
                && kind.isAllocatableTo(role);
    }
}
