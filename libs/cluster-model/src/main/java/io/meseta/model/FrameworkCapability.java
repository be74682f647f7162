package io.meseta.model;

/// What a framework says it can deal with; each changes what it is offered or told.
public enum FrameworkCapability {
    /// Gets offers of what may be taken back.
    REVOCABLE_RESOURCES,
    /// Its executors report that a task is being killed.
    TASK_KILLING_STATE,
    /// Sees agents that have GPUs.
    GPU_RESOURCES,
    /// Sees volumes that several tasks share.
    SHARED_RESOURCES,
    /// Knows the states of tasks on lost agents.
    PARTITION_AWARE,
    /// Has several roles.
    MULTI_ROLE,
    /// Understands reservations that refine each other.
    RESERVATION_REFINEMENT,
    /// Gets offers of agents in other regions than the master's.
    REGION_AWARE
}
