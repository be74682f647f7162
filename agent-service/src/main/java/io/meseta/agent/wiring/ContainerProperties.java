package io.meseta.agent.wiring;

import io.meseta.agent.containers.ContainerBounds;
import io.meseta.agent.containers.MachineDevice;
import io.meseta.agent.containers.UserRanges;
import io.meseta.agent.disk.ProjectRange;
import io.meseta.agent.meters.ContainerMeters;
import io.meseta.images.ImagesSettings;
import io.meseta.images.reference.Platform;
import io.meseta.images.registry.RegistrySettings;
import io.meseta.images.store.WaterMarks;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.plan.Capability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// How the agent runs containers, `meseta.agent.containers.*`.
///
/// @param use whether there must be a container runtime
/// @param isolation what tasks run in that ask for no container
@ConfigurationProperties("meseta.agent.containers")
public record ContainerProperties(
        @DefaultValue("auto") Use use,
        @DefaultValue("process") Isolation isolation,
        @DefaultValue Engine engine,
        @DefaultValue Images images,
        @DefaultValue Bounds bounds,
        @DefaultValue Docker docker,
        @DefaultValue Users users,
        @DefaultValue Disk disk,
        @DefaultValue Metrics metrics) {

    /// Whether there must be a container runtime.
    public enum Use {
        /// If there is one; tasks that need it are refused otherwise.
        AUTO,
        /// The agent does not start without one.
        REQUIRED,
        /// Not even if there is one.
        NEVER
    }

    /// What tasks run in that ask for no container.
    public enum Isolation {
        /// A process of the machine.
        PROCESS,
        /// A container with the machine's files: its processes, memory and processors are apart.
        CONTAINER
    }

    /// The programs behind it.
    ///
    /// @param runtimes the first that works here is used
    /// @param directory of what the runtime knows of containers; empty for one below `/run`
    /// @param acceptedFlaws known ones that do not matter here, as `CVE-…`
    public record Engine(
            @DefaultValue({"crun", "runc"}) List<String> runtimes,
            @DefaultValue("conmon") String monitor,
            @DefaultValue("/meseta") String cgroupParent,
            @DefaultValue("") String directory,
            @DefaultValue({}) List<String> acceptedFlaws,
            @DefaultValue("30s") Duration patience) {

        RuntimeSettings toSettings(Path otherwise, Path roots) {
            return new RuntimeSettings(
                    directory.isEmpty() ? otherwise : Path.of(directory).toAbsolutePath(),
                    roots,
                    cgroupParent,
                    runtimes,
                    monitor,
                    new HashSet<>(acceptedFlaws),
                    patience);
        }
    }

    /// Where images come from and how long they stay.
    ///
    /// @param dockerConfig a file with credentials for registries, in Docker's form
    /// @param archives a directory with images as `docker save` writes them, `NAME.tar`, and with
    ///   OCI layouts, `NAME`
    /// @param plainHttp registries that are spoken to without TLS
    /// @param mirrors hosts to be asked before a registry, by registry, separated by commas
    /// @param appcPrefix where AppC images are found by simple discovery
    /// @param store how they are kept
    public record Images(
            @DefaultValue("") String dockerConfig,
            @DefaultValue("") String archives,
            @DefaultValue({}) List<String> plainHttp,
            @DefaultValue Map<String, String> mirrors,
            @DefaultValue("https://") String appcPrefix,
            @DefaultValue Store store) {

        ImagesSettings toSettings(Path directory) {
            var usual = ImagesSettings.in(directory);
            var http = RegistrySettings.usual();
            var lists = new HashMap<String, List<String>>();
            mirrors.forEach((registry, hosts) -> lists.put(registry, List.of(hosts.split(","))));
            return new ImagesSettings(
                    directory,
                    new RegistrySettings(
                            Set.copyOf(plainHttp),
                            lists,
                            http.connectTimeout(),
                            http.answerTimeout(),
                            http.stallTimeout(),
                            http.attemptsMax()),
                    usual.unpacking(),
                    new WaterMarks(store.fullAt(), store.clearedTo()),
                    Platform.here(),
                    store.layersMax(),
                    store.pullMax(),
                    appcPrefix);
        }
    }

    /// How images are kept.
    ///
    /// @param backend how they become root file systems
    /// @param fullAt percent of the disk in use at which unused images are removed
    /// @param clearedTo percent at which that stops
    /// @param interval between two looks
    /// @param excluded images that are never removed
    /// @param layersMax fetched at a time
    /// @param pullMax for one image
    public record Store(
            @DefaultValue("auto") Backend backend,
            @DefaultValue("85") int fullAt,
            @DefaultValue("80") int clearedTo,
            @DefaultValue("1m") Duration interval,
            @DefaultValue({}) List<String> excluded,
            @DefaultValue("4") int layersMax,
            @DefaultValue("1h") Duration pullMax) {}

    /// How images become root file systems.
    public enum Backend {
        /// Overlays where the kernel knows them.
        AUTO,
        OVERLAY,
        COPY
    }

    /// See [ContainerBounds].
    public record Bounds(
            @DefaultValue("false") boolean cpuHard,
            @DefaultValue("false") boolean swapKept,
            @DefaultValue("0") long processesMax,
            @DefaultValue("64MB") DataSize shmSize,
            @DefaultValue({}) List<Path> hostPaths,
            @DefaultValue({}) List<Path> devices,
            @DefaultValue({}) List<String> moreCapabilities,
            @DefaultValue("false") boolean unconfined,
            @DefaultValue("") String seccomp) {

        ContainerBounds toBounds(Docker docker) {
            var more = EnumSet.noneOf(Capability.class);
            for (var name : moreCapabilities)
                more.add(
                        ContainerBounds.capability(name)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                "more-capabilities: there is no " + name)));
            var shares =
                    new ContainerBounds.Shares(
                            cpuHard,
                            swapKept,
                            processesMax,
                            shmSize.toBytes(),
                            docker.pinning(),
                            docker.diskWeightMax());
            return new ContainerBounds(
                    shares,
                    hostPaths,
                    devices.stream().map(MachineDevice::read).toList(),
                    more,
                    unconfined,
                    seccomp);
        }
    }

    /// What tasks may ask for by parameters of `docker run`; see [ContainerBounds.Shares].
    public record Docker(
            @DefaultValue("false") boolean pinning, @DefaultValue("0") int diskWeightMax) {}

    /// Whose users containers have.
    ///
    /// @param own whether containers with an image have users of their own
    /// @param first number on this machine that is given to one
    /// @param size how many users each has
    /// @param ranges how many containers can have users of their own at a time
    public record Users(
            @DefaultValue("false") boolean own,
            @DefaultValue("1000000000") long first,
            @DefaultValue("65536") long size,
            @DefaultValue("4096") int ranges) {

        UserRanges.Terms toTerms() {
            return new UserRanges.Terms(first, size, own ? ranges : 0);
        }
    }

    /// What sandboxes take.
    ///
    /// @param enforced whether a task ends that takes more disk than it has asked for
    /// @param interval between two looks
    /// @param projects numbers for quotas of an XFS, which nothing else on it uses; empty for none
    public record Disk(
            @DefaultValue("false") boolean enforced,
            @DefaultValue("15s") Duration interval,
            @DefaultValue("5000-10000") String projects) {

        Optional<ProjectRange> range() {
            return ProjectRange.parse(projects);
        }
    }

    /// What monitoring systems are shown of each container.
    ///
    /// @param max containers shown; 0 for none
    /// @param interval between two looks
    public record Metrics(@DefaultValue("200") int max, @DefaultValue("15s") Duration interval) {

        ContainerMeters.Terms toTerms() {
            return new ContainerMeters.Terms(max, interval);
        }
    }

    ContainerBounds toBounds() {
        return bounds.toBounds(docker);
    }

    public ContainerProperties {
        bounds.toBounds(docker);
        users.toTerms();
        disk.range();
        if (users.own() && users.ranges() == 0)
            throw new IllegalArgumentException("users.ranges must be positive");
        metrics.toTerms();
        if (!disk.interval().isPositive() || !images.store().interval().isPositive())
            throw new IllegalArgumentException("intervals must be positive");
    }
}
