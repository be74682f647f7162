package io.meseta.runtime.plan;

import java.util.List;

/// All of a container, before it is. Start with [#of], and change what differs.
///
/// @param hostname empty: the machine's, or the container's id where it has a UTS namespace
/// @param mounts in the order in which they are made, on top of what every container gets (`/proc`,
///   `/dev`, `/dev/pts`, `/dev/shm`, `/dev/mqueue`, `/sys`, and the cgroup, read-only)
/// @param devices beyond `null`, `zero`, `full`, `random`, `urandom`, `tty`, which all have
public record ContainerPlan(
        RootFiles root,
        ContainerProcess process,
        String hostname,
        List<Mount> mounts,
        Namespaces namespaces,
        Privileges privileges,
        Limits limits,
        List<Device> devices,
        Output output) {

    private static final int MOUNTS_MAX = 1000;

    public ContainerPlan {
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        Checks.require(
                hostname.length() <= 64 && hostname.matches("[A-Za-z0-9.-]*"),
                "no host name: %s",
                Checks.shown(hostname));
        Checks.require(mounts.size() <= MOUNTS_MAX, "more than %s mounts", MOUNTS_MAX);
    }

    /// A container as isolated as can be, with the network of the machine, no limit, and its output
    /// thrown away.
    public static ContainerPlan of(RootFiles root, ContainerProcess process) {
        return new ContainerPlan(
                root,
                process,
                "",
                List.of(),
                Namespaces.STANDARD,
                Privileges.STANDARD,
                Limits.NONE,
                List.of(),
                Output.NONE);
    }

    public ContainerPlan named(String hostname) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }

    public ContainerPlan mounting(List<Mount> mounts) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }

    public ContainerPlan in(Namespaces namespaces) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }

    public ContainerPlan with(Privileges privileges) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }

    public ContainerPlan within(Limits limits) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }

    public ContainerPlan using(List<Device> devices) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }

    public ContainerPlan writing(Output output) {
        return new ContainerPlan(
                root, process, hostname, mounts, namespaces, privileges, limits, devices, output);
    }
}
