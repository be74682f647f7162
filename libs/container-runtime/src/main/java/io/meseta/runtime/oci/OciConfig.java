package io.meseta.runtime.oci;

import io.meseta.runtime.json.JsonText;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.Device;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Namespaces.IdRange;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.plan.Seccomp;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A plan as the OCI runtime specification (1.0) has it: `config.json`.
///
/// What is left out here, runtimes decide differently; so nothing is left to them.
final class OciConfig {

    private static final String VERSION = "1.0.2";
    private static final int UMASK = 022;

    private final ContainerPlan plan;
    private final Surroundings around;

    private OciConfig(ContainerPlan plan, Surroundings around) {
        this.plan = plan;
        this.around = around;
    }

    static String of(ContainerPlan plan, Surroundings around) {
        return JsonText.of(new OciConfig(plan, around).whole());
    }

    /// The order for a further process.
    static String process(ContainerProcess process, Privileges privileges) {
        return JsonText.of(described(process, privileges));
    }

    private Map<String, Object> whole() {
        var config = new LinkedHashMap<String, Object>();
        config.put("ociVersion", VERSION);
        var root = new LinkedHashMap<String, Object>();
        root.put("path", around.root().toString());
        root.put("readonly", plan.root().isReadOnly());
        config.put("root", root);
        config.put("process", described(plan.process(), plan.privileges()));
        if (plan.namespaces().hostname() instanceof Namespace.Own) {
            config.put("hostname", plan.hostname().isEmpty() ? shortName() : plan.hostname());
        }
        config.put("mounts", OciMounts.of(plan, around));
        config.put("linux", linux());
        return config;
    }

    private String shortName() {
        var name = around.id().value().replaceAll("[^A-Za-z0-9.-]", "-");
        return name.substring(0, Math.min(63, name.length()));
    }

    private static Map<String, Object> described(ContainerProcess process, Privileges privileges) {
        var order = new LinkedHashMap<String, Object>();
        var terminal = process.terminal();
        order.put("terminal", terminal != null);
        if (terminal != null) {
            order.put(
                    "consoleSize", Map.of("height", terminal.rows(), "width", terminal.columns()));
        }
        var user = new LinkedHashMap<String, Object>();
        user.put("uid", process.identity().user());
        user.put("gid", process.identity().group());
        user.put("umask", UMASK);
        user.put("additionalGids", process.identity().groups());
        order.put("user", user);
        order.put("args", process.arguments());
        order.put(
                "env",
                process.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
        order.put("cwd", process.directory());
        order.put("capabilities", capabilities(privileges));
        order.put("noNewPrivileges", privileges.keepsPrivileges());
        order.put(
                "rlimits",
                process.rlimits().entrySet().stream()
                        .map(limit -> rlimit(limit.getKey(), limit.getValue()))
                        .toList());
        var adjust = process.oomScoreAdjust();
        if (adjust != null) order.put("oomScoreAdj", adjust);
        return order;
    }

    private static Map<String, Object> rlimit(String type, ContainerProcess.Rlimit limit) {
        var value = new LinkedHashMap<String, Object>();
        value.put("type", type);
        // In JSON, without a limit is the highest number of 64 bits.
        value.put("hard", new BigInteger(Long.toUnsignedString(limit.hard())));
        value.put("soft", new BigInteger(Long.toUnsignedString(limit.soft())));
        return value;
    }

    /// Inheritable is what is ambient and no more, or any program with file capabilities would gain
    /// what the container was not given.
    private static Map<String, Object> capabilities(Privileges privileges) {
        var sets = new LinkedHashMap<String, Object>();
        sets.put("bounding", names(privileges.bounding()));
        sets.put("effective", names(privileges.effective()));
        var permitted = EnumSet.noneOf(Capability.class);
        permitted.addAll(privileges.effective());
        permitted.addAll(privileges.ambient());
        sets.put("permitted", names(permitted));
        sets.put("inheritable", names(privileges.ambient()));
        sets.put("ambient", names(privileges.ambient()));
        return sets;
    }

    private static List<String> names(Set<Capability> capabilities) {
        return capabilities.stream().map(Capability::kernelName).toList();
    }

    private Map<String, Object> linux() {
        var linux = new LinkedHashMap<String, Object>();
        linux.put("namespaces", namespaces());
        if (!plan.namespaces().userIds().isEmpty()) {
            linux.put("uidMappings", mappings(plan.namespaces().userIds()));
            linux.put("gidMappings", mappings(plan.namespaces().groupIds()));
        }
        linux.put("devices", plan.devices().stream().map(OciConfig::device).toList());
        linux.put("cgroupsPath", around.cgroup());
        linux.put("resources", OciLimits.of(plan, around));
        linux.put("rootfsPropagation", isShared() ? "shared" : "rslave");
        switch (plan.privileges().seccomp()) {
            case Seccomp.Standard() ->
                    linux.put("seccomp", SeccompProfile.standard(plan.privileges().bounding()));
            case Seccomp.Given(var json) -> linux.put("seccomp", JsonText.object(json));
            case Seccomp.Unconfined() -> {
                // Saying nothing is what unconfined is.
            }
        }
        linux.put("maskedPaths", plan.root().masked());
        linux.put("readonlyPaths", plan.root().readOnlyPaths());
        return linux;
    }

    private boolean isShared() {
        return plan.mounts().stream()
                .anyMatch(mount ->
                        mount instanceof Mount.Bind bind
                                && bind.propagation() == Mount.Propagation.BOTH);
    }

    private List<Object> namespaces() {
        var all = new ArrayList<Object>();
        all.add(Map.of("type", "mount"));
        all.add(Map.of("type", "cgroup"));
        add(all, "pid", "pid", plan.namespaces().processes());
        add(all, "ipc", "ipc", plan.namespaces().ipc());
        add(all, "uts", "uts", plan.namespaces().hostname());
        add(all, "network", "net", plan.namespaces().network());
        add(all, "user", "user", plan.namespaces().users());
        return all;
    }

    private void add(List<Object> all, String type, String file, Namespace namespace) {
        switch (namespace) {
            case Namespace.Own() -> all.add(Map.of("type", type));
            case Namespace.Machine() -> {
                // Whoever makes no new one stays in the machine's.
            }
            case Namespace.Of(var container) -> {
                var path = "/proc/%s/ns/%s".formatted(around.process(container), file);
                all.add(new LinkedHashMap<>(Map.of("type", type, "path", path)));
            }
            case Namespace.At(var path) ->
                    all.add(new LinkedHashMap<>(Map.of("type", type, "path", path.toString())));
        }
    }

    private static List<Object> mappings(List<IdRange> ranges) {
        var mappings = new ArrayList<Object>();
        for (var range : ranges) {
            var mapping = new LinkedHashMap<String, Object>();
            mapping.put("containerID", range.inside());
            mapping.put("hostID", range.outside());
            mapping.put("size", range.count());
            mappings.add(mapping);
        }
        return mappings;
    }

    private static Map<String, Object> device(Device device) {
        var order = new LinkedHashMap<String, Object>();
        order.put("path", device.path());
        order.put("type", device.kind() == Device.Kind.BLOCK ? "b" : "c");
        order.put("major", device.major());
        order.put("minor", device.minor());
        order.put("fileMode", device.mode());
        order.put("uid", device.user());
        order.put("gid", device.group());
        return order;
    }
}
