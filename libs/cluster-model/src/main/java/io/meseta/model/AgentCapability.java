package io.meseta.model;

/// What an agent says it can do.
public enum AgentCapability {
    MULTI_ROLE,
    HIERARCHICAL_ROLE,
    RESERVATION_REFINEMENT,
    RESOURCE_PROVIDER,
    RESIZE_VOLUME,
    AGENT_OPERATION_FEEDBACK,
    AGENT_DRAINING,
    TASK_RESOURCE_LIMITS
}
