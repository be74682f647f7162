package io.meseta.agent.wiring;

import io.meseta.agent.wiring.ContainerProperties.Isolation;
import io.meseta.agent.wiring.ContainerProperties.Use;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings of containers under the names that Mesos' agents give their flags, where they have
/// such a flag, and under ours where they have not.
final class ContainerFlags {

    private ContainerFlags() {}

    /// Without what would tell secrets: of files with credentials, where they lie.
    static SortedMap<String, String> of(ContainerProperties properties, Path work) {
        var flags = new TreeMap<String, String>();
        flags.put("containerizers", properties.use() == Use.NEVER ? "" : "mesos");
        flags.put("launcher", properties.isolation() == Isolation.CONTAINER ? "linux" : "posix");
        flags.put("meseta_containers_use", lower(properties.use()));
        flags.put("meseta_containers_isolation", lower(properties.isolation()));
        engine(properties, flags);
        images(properties.images(), work, flags);
        bounds(properties.bounds(), flags);
        var docker = properties.docker();
        flags.put("meseta_containers_pinning", Boolean.toString(docker.pinning()));
        flags.put("meseta_containers_disk_weight_max", Integer.toString(docker.diskWeightMax()));
        var users = properties.users();
        flags.put("meseta_containers_users_own", Boolean.toString(users.own()));
        flags.put("meseta_containers_users_first", Long.toString(users.first()));
        flags.put("meseta_containers_users_size", Long.toString(users.size()));
        flags.put("meseta_containers_users_ranges", Integer.toString(users.ranges()));
        var disk = properties.disk();
        flags.put("enforce_container_disk_quota", Boolean.toString(disk.enforced()));
        flags.put("xfs_project_range", "[%s]".formatted(disk.projects()));
        flags.put("container_disk_watch_interval", AgentFlags.text(disk.interval()));
        flags.put("meseta_containers_metrics_max", Integer.toString(properties.metrics().max()));
        flags.put(
                "meseta_containers_metrics_interval",
                AgentFlags.text(properties.metrics().interval()));
        return flags;
    }

    private static void engine(ContainerProperties properties, Map<String, String> flags) {
        var engine = properties.engine();
        flags.put("cgroups_root", engine.cgroupParent().substring(1));
        flags.put("meseta_containers_runtimes", String.join(",", engine.runtimes()));
        flags.put("meseta_containers_monitor", engine.monitor());
        flags.put("meseta_containers_accepted_flaws", String.join(",", engine.acceptedFlaws()));
        flags.put("meseta_containers_patience", AgentFlags.text(engine.patience()));
    }

    private static void images(
            ContainerProperties.Images images, Path work, Map<String, String> flags) {
        flags.put("image_providers", "APPC,DOCKER");
        flags.put("image_provisioner_backend", lower(images.store().backend()));
        flags.put("appc_simple_discovery_uri_prefix", images.appcPrefix());
        flags.put("appc_store_dir", work.resolve("images").toString());
        flags.put("docker_store_dir", work.resolve("images").toString());
        if (!images.dockerConfig().isEmpty()) flags.put("docker_config", images.dockerConfig());
        if (!images.archives().isEmpty())
            flags.put("meseta_containers_archives", images.archives());
        flags.put("meseta_containers_plain_http", String.join(",", images.plainHttp()));
        flags.put(
                "meseta_containers_mirrors",
                new TreeMap<>(images.mirrors())
                        .entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining(";")));
        var store = images.store();
        flags.put("image_gc_interval", AgentFlags.text(store.interval()));
        flags.put("image_gc_excluded", String.join(",", store.excluded()));
        flags.put("meseta_containers_full_at", Integer.toString(store.fullAt()));
        flags.put("meseta_containers_cleared_to", Integer.toString(store.clearedTo()));
        flags.put("meseta_containers_layers_max", Integer.toString(store.layersMax()));
        flags.put("meseta_containers_pull_max", AgentFlags.text(store.pullMax()));
    }

    private static void bounds(ContainerProperties.Bounds bounds, Map<String, String> flags) {
        flags.put("cgroups_enable_cfs", Boolean.toString(bounds.cpuHard()));
        flags.put("cgroups_limit_swap", Boolean.toString(bounds.swapKept()));
        flags.put("default_container_shm_size", bounds.shmSize().toBytes() + "B");
        var isSharing = Boolean.toString(!bounds.unconfined());
        flags.put("disallow_sharing_agent_pid_namespace", isSharing);
        flags.put("disallow_sharing_agent_ipc_namespace", isSharing);
        if (!bounds.seccomp().isEmpty()) flags.put("seccomp_config_dir", bounds.seccomp());
        flags.put("meseta_containers_processes_max", Long.toString(bounds.processesMax()));
        flags.put(
                "meseta_containers_host_paths",
                bounds.hostPaths().stream().map(Path::toString).collect(Collectors.joining(",")));
        flags.put(
                "meseta_containers_devices",
                bounds.devices().stream().map(Path::toString).collect(Collectors.joining(",")));
        flags.put(
                "meseta_containers_more_capabilities", String.join(",", bounds.moreCapabilities()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
