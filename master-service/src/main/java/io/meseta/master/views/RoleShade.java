package io.meseta.master.views;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.master.Response.GetAgents.Agent;
import io.meseta.model.Role;
import java.util.List;

/// Leaves out of messages what is reserved for roles that the reader may not see, or allocated to
/// them.
public final class RoleShade {

    private RoleShade() {}

    public static Agent agent(Agent agent, Visibility visibility) {
        if (visibility.equals(Visibility.ALL)) return agent;
        var shaded = agent.toBuilder();
        var info = shaded.getAgentInfoBuilder();
        var registered = shown(info.getResourcesList(), visibility);
        info.clearResources().addAllResources(registered);
        return shaded.clearTotalResources()
                .addAllTotalResources(shown(agent.getTotalResourcesList(), visibility))
                .clearAllocatedResources()
                .addAllAllocatedResources(shown(agent.getAllocatedResourcesList(), visibility))
                .clearOfferedResources()
                .addAllOfferedResources(shown(agent.getOfferedResourcesList(), visibility))
                .build();
    }

    public static List<Resource> shown(List<Resource> resources, Visibility visibility) {
        return resources.stream().filter(each -> isShown(each, visibility)).toList();
    }

    @SuppressWarnings("deprecation") // older agents name the role so
    private static boolean isShown(Resource resource, Visibility visibility) {
        if (resource.hasAllocationInfo()
                && !isShown(resource.getAllocationInfo().getRole(), visibility)) return false;
        int depth = resource.getReservationsCount();
        if (depth > 0) return isShown(resource.getReservations(depth - 1).getRole(), visibility);
        var role = resource.getRole();
        return role.isEmpty() || role.equals("*") || isShown(role, visibility);
    }

    /// What is no role's name is nobody's to hide.
    private static boolean isShown(String role, Visibility visibility) {
        return Role.problem(role).isPresent() || visibility.shows(new Role(role));
    }
}
