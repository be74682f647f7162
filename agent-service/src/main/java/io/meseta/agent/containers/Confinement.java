package io.meseta.agent.containers;

import io.meseta.agent.launch.LaunchFailure;
import io.meseta.mesos.v1.CapabilityInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ContainerInfo.DockerInfo;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.LinuxInfo.IpcMode;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.plan.RootFiles;
import io.meseta.runtime.plan.Seccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// From what a task says of its isolation to what it gets, within what this machine allows.
final class Confinement {

    private static final int CAPABILITIES_FROM = CapabilityInfo.Capability.CHOWN_VALUE;
    private static final long MEGABYTE = 1 << 20;

    private final ContainerBounds bounds;

    Confinement(ContainerBounds bounds) {
        this.bounds = bounds;
    }

    /// @param isRoot whether the process is root in the container, which has what it may have by
    ///   that alone
    Privileges privileges(ContainerInfo container, boolean isRoot) {
        var linux = container.getLinuxInfo();
        var privileges = Privileges.STANDARD;
        if (isPrivileged(container)) {
            requireUnconfined("a privileged container");
            return privileges
                    .bounded(EnumSet.allOf(Capability.class))
                    .gaining()
                    .filtered(new Seccomp.Unconfined());
        }
        var wish = DockerWishes.of(container).capabilities();
        if (asksForCapabilities(linux)) {
            if (!wish.isNone())
                throw new LaunchFailure("capabilities both of linux_info and of docker parameters");
            privileges = capable(privileges, linux, isRoot);
        } else if (!wish.isNone()) privileges = changed(privileges, wish);
        return privileges.filtered(seccomp(linux));
    }

    @SuppressWarnings("deprecation") // frameworks of old say the effective ones by another name
    private static boolean asksForCapabilities(LinuxInfo linux) {
        return linux.hasBoundingCapabilities()
                || linux.hasEffectiveCapabilities()
                || linux.hasCapabilityInfo();
    }

    @SuppressWarnings("deprecation") // as above
    private Privileges capable(Privileges standard, LinuxInfo linux, boolean isRoot) {
        var wanted =
                linux.hasEffectiveCapabilities()
                        ? read(linux.getEffectiveCapabilities())
                        : read(linux.getCapabilityInfo());
        var bounding =
                linux.hasBoundingCapabilities() ? read(linux.getBoundingCapabilities()) : wanted;
        boolean isSilent = !linux.hasEffectiveCapabilities() && !linux.hasCapabilityInfo();
        if (isSilent) wanted.addAll(bounding);
        if (!bounding.containsAll(wanted))
            throw new LaunchFailure("effective capabilities are not within the bounding ones");
        requireAllowed(bounding);
        return new Privileges(
                bounding,
                wanted,
                isRoot ? Set.of() : wanted,
                standard.keepsPrivileges(),
                standard.seccomp());
    }

    /// As with Docker, who is not root has none but by programs that give them.
    private Privileges changed(Privileges standard, DockerWishes.CapabilityWish wish) {
        var wanted = wish.of(standard.bounding());
        requireAllowed(wanted);
        return standard.bounded(wanted);
    }

    private void requireAllowed(Set<Capability> wanted) {
        var beyond = EnumSet.noneOf(Capability.class);
        beyond.addAll(wanted);
        beyond.removeAll(bounds.capabilities());
        if (!beyond.isEmpty())
            throw new LaunchFailure("this agent does not allow the capabilities " + names(beyond));
    }

    private static EnumSet<Capability> read(CapabilityInfo info) {
        var all = Capability.values();
        var read = EnumSet.noneOf(Capability.class);
        for (var each : info.getCapabilitiesList()) {
            int number = each.getNumber() - CAPABILITIES_FROM;
            if (number < 0 || number >= all.length)
                throw new LaunchFailure("the capability " + each + " is not known here");
            read.add(all[number]);
        }
        return read;
    }

    private static String names(Set<Capability> capabilities) {
        return capabilities.stream().map(Capability::kernelName).collect(Collectors.joining(", "));
    }

    private Seccomp seccomp(LinuxInfo linux) {
        if (!linux.hasSeccomp()) return new Seccomp.Standard();
        var wanted = linux.getSeccomp();
        if (wanted.getUnconfined()) {
            requireUnconfined("a container without seccomp");
            return new Seccomp.Unconfined();
        }
        var name = wanted.getProfileName();
        if (name.isEmpty()) return new Seccomp.Standard();
        if (bounds.seccomp().isEmpty())
            throw new LaunchFailure("this agent has no seccomp profiles, so not '" + name + "'");
        if (name.contains("/") || name.startsWith("."))
            throw new LaunchFailure("'" + name + "' is no name of a seccomp profile");
        try {
            return new Seccomp.Given(Files.readString(Path.of(bounds.seccomp()).resolve(name)));
        } catch (IOException _) {
            throw new LaunchFailure("this agent has no seccomp profile '" + name + "'");
        }
    }

    Namespaces namespaces(ContainerInfo container) {
        var linux = container.getLinuxInfo();
        var namespaces = Namespaces.STANDARD;
        // With the machine's network comes its name, unless the task has one of its own.
        if (!container.hasHostname()) namespaces = namespaces.withHostname(Namespace.MACHINE);
        if (linux.getSharePidNamespace()) {
            requireUnconfined("a container that sees the machine's processes");
            namespaces = namespaces.withProcesses(Namespace.MACHINE);
        }
        if (linux.getIpcMode() == IpcMode.SHARE_PARENT) {
            requireUnconfined("a container that shares the machine's memory");
            namespaces = namespaces.withIpc(Namespace.MACHINE);
        }
        if (container.hasType()
                && container.getType() == ContainerInfo.Type.DOCKER
                && container.getDocker().getNetwork() == DockerInfo.Network.NONE)
            namespaces = namespaces.withNetwork(Namespace.OWN);
        return namespaces;
    }

    RootFiles files(ContainerInfo container, RootFiles files) {
        var wishes = DockerWishes.of(container);
        var sized = files.sharing(shmBytes(container.getLinuxInfo(), wishes));
        var written = wishes.isReadOnly() ? sized.readOnly() : sized;
        return isPrivileged(container) ? written.unmasked() : written;
    }

    private long shmBytes(LinuxInfo linux, DockerWishes wishes) {
        if (linux.hasShmSize()) {
            if (linux.getShmSize() == 0) throw new LaunchFailure("a shm_size of 0");
            return Integer.toUnsignedLong(linux.getShmSize()) * MEGABYTE;
        }
        return wishes.shmBytes() == 0 ? bounds.shares().shmBytes() : wishes.shmBytes();
    }

    /// By the kernel's names: `RLMT_NOFILE` is `RLIMIT_NOFILE`.
    static Map<String, Rlimit> rlimits(ContainerInfo container) {
        var limits = new LinkedHashMap<>(DockerWishes.of(container).rlimits());
        for (var each : container.getRlimitInfo().getRlimitsList()) {
            var name = each.getType().name();
            if (!name.startsWith("RLMT_")) throw new LaunchFailure("an rlimit of no known type");
            if (each.hasHard() != each.hasSoft())
                throw new LaunchFailure(name + " has only one of its two limits");
            long hard = each.hasHard() ? each.getHard() : Rlimit.UNLIMITED;
            long soft = each.hasSoft() ? each.getSoft() : Rlimit.UNLIMITED;
            try {
                limits.put(name.replaceFirst("RLMT_", "RLIMIT_"), new Rlimit(soft, hard));
            } catch (IllegalArgumentException wrong) {
                throw new LaunchFailure(name + ": " + wrong.getMessage(), wrong);
            }
        }
        return limits;
    }

    /// Whether it has a part in what is the machine's, which users of its own would keep it from.
    static boolean isUnconfined(ContainerInfo container) {
        var linux = container.getLinuxInfo();
        return isPrivileged(container)
                || linux.getSharePidNamespace()
                || linux.getIpcMode() == IpcMode.SHARE_PARENT;
    }

    private static boolean isPrivileged(ContainerInfo container) {
        return container.hasType()
                && container.getType() == ContainerInfo.Type.DOCKER
                && container.getDocker().getPrivileged();
    }

    private void requireUnconfined(String what) {
        if (!bounds.isUnconfinedAllowed())
            throw new LaunchFailure(
                    "this agent does not allow %s (meseta.agent.containers.bounds.unconfined)"
                            .formatted(what));
    }
}
