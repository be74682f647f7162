package io.meseta.runtime.plan;

/// A further process in a running container; it has the container's namespaces and cgroup.
///
/// @param privileges commonly those of the container; its system calls are filtered as the
///   container's are
public record ExecPlan(ContainerProcess process, Privileges privileges) {

    public static ExecPlan of(ContainerProcess process) {
        return new ExecPlan(process, Privileges.STANDARD);
    }
}
