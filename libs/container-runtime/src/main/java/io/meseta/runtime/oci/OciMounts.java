package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All mounts of a container, in the order in which they are made: what every container gets, then
/// the plan's.
final class OciMounts {

    private static final String SHM = "/dev/shm";
    private static final String MQUEUE = "/dev/mqueue";

    /// The group `tty` of nearly every system; terminals belong to it.
    private static final int TTY_GROUP = 5;

    private final ContainerPlan plan;
    private final Surroundings around;
    private final List<Object> mounts = new ArrayList<>();

    private OciMounts(ContainerPlan plan, Surroundings around) {
        this.plan = plan;
        this.around = around;
    }

    static List<Object> of(ContainerPlan plan, Surroundings around) {
        var mounts = new OciMounts(plan, around);
        if (plan.root().root() instanceof Root.Machine) {
            mounts.ofMachine();
        } else {
            mounts.ofOwnRoot();
        }
        for (var mount : plan.mounts()) mounts.add(mount);
        return mounts.mounts;
    }

    private void ofOwnRoot() {
        add("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        add("/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k");
        var terminals = new ArrayList<>(List.of("nosuid", "noexec", "newinstance"));
        terminals.addAll(List.of("ptmxmode=0666", "mode=0620"));
        if (!hasOwnUsers()) terminals.add("gid=" + TTY_GROUP);
        add("/dev/pts", "devpts", "devpts", terminals.toArray(String[]::new));
        shared();
        if (hasOwnUsers() && !(plan.namespaces().network() instanceof Namespace.Own)) {
            // The kernel lets only the owner of a network mount its /sys.
            add("/sys", "bind", "/sys", "rbind", "nosuid", "noexec", "nodev", "ro");
        } else {
            add("/sys", "sysfs", "sysfs", "nosuid", "noexec", "nodev", "ro");
        }
        cgroups();
    }

    /// The machine's `/dev` as it is; the rules for devices hold all the same.
    private void ofMachine() {
        add("/dev", "bind", "/dev", "rbind", "nosuid");
        if (!(plan.namespaces().processes() instanceof Namespace.Machine)) {
            add("/proc", "proc", "proc", "nosuid", "noexec", "nodev");
        }
        if (!(plan.namespaces().ipc() instanceof Namespace.Machine)) shared();
        cgroups();
    }

    private void cgroups() {
        add("/sys/fs/cgroup", "cgroup", "cgroup", "nosuid", "noexec", "nodev", "relatime", "ro");
    }

    /// What belongs to the IPC namespace and is seen as files.
    private void shared() {
        switch (plan.namespaces().ipc()) {
            case Namespace.Own() -> bind(SHM, around.shm(around.id()).toString());
            case Namespace.At(_) -> bind(SHM, around.shm(around.id()).toString());
            case Namespace.Machine() -> bind(SHM, SHM);
            case Namespace.Of(var other) -> bind(SHM, around.shm(other).toString());
        }
        var isMachines = plan.namespaces().ipc() instanceof Namespace.Machine;
        if (isMachines && Files.isDirectory(Path.of(MQUEUE))) {
            bind(MQUEUE, MQUEUE);
        } else if (!isMachines && hasPlaceForQueues()) {
            add(MQUEUE, "mqueue", "mqueue", "nosuid", "noexec", "nodev");
        }
    }

    /// Whether `/dev/shm` is to be mounted before the container is made.
    static boolean hasOwnShm(ContainerPlan plan) {
        var ipc = plan.namespaces().ipc();
        return ipc instanceof Namespace.Own || ipc instanceof Namespace.At;
    }

    private boolean hasPlaceForQueues() {
        return !(plan.root().root() instanceof Root.Machine) || Files.isDirectory(Path.of(MQUEUE));
    }

    private void bind(String target, String source) {
        add(target, "bind", source, "bind", "nosuid", "noexec", "nodev");
    }

    private boolean hasOwnUsers() {
        return !(plan.namespaces().users() instanceof Namespace.Machine);
    }

    private void add(Mount mount) {
        switch (mount) {
            case Mount.Bind bind -> {
                var options = new ArrayList<String>();
                options.add(bind.isRecursive() ? "rbind" : "bind");
                options.add(bind.isReadOnly() ? "ro" : "rw");
                options.add(
                        switch (bind.propagation()) {
                            case PRIVATE -> "rprivate";
                            case FROM_MACHINE -> "rslave";
                            case BOTH -> "rshared";
                        });
                options.addAll(bind.options());
                var source = bind.source().toString();
                add(bind.target(), "bind", source, options.toArray(String[]::new));
            }
            case Mount.Tmpfs(var target, var bytesMax, var mode, var more) -> {
                var options = new ArrayList<>(more);
                options.add("size=" + bytesMax);
                options.add("mode=%o".formatted(mode));
                add(target, "tmpfs", "tmpfs", options.toArray(String[]::new));
            }
        }
    }

    private void add(String target, String type, String source, String... options) {
        Map<String, Object> mount = new LinkedHashMap<>();
        mount.put("destination", target);
        mount.put("type", type);
        mount.put("source", source);
        mount.put("options", List.of(options));
        mounts.add(mount);
    }
}
