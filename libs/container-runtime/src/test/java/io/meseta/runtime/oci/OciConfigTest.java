package io.meseta.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.runtime.json.JsonText;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ContainerProcess.Identity;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.plan.Mount;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
import io.meseta.runtime.plan.Seccomp;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a plan becomes for an OCI runtime.
final class OciConfigTest {

    private static final Object NOTHING = "nothing";
    private static final ContainerId OTHER = new ContainerId("other");
    private static final ContainerPlan PLAN =
            ContainerPlan.of(
                    RootFiles.of(new Root.Directory(Path.of("/roots/one"))),
                    ContainerProcess.of("/bin/program", "with \"quotes\"\n"));

    private static Map<String, Object> config(ContainerPlan plan, boolean isUnified) {
        var around =
                new Surroundings(
                        new ContainerId("task_1"),
                        Path.of("/roots/one"),
                        Path.of("/run/c"),
                        "/meseta/task_1",
                        isUnified,
                        true,
                        Map.of(OTHER, 4711L));
        return JsonText.object(OciConfig.of(plan, around));
    }

    /// The value at a path of names, such as `linux.resources`.
    private static Object at(Map<String, Object> config, String path) {
        @Nullable Object value = config;
        for (var name : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> members)) throw new AssertionError(path);
            value = members.get(name);
        }
        return value == null ? NOTHING : value;
    }

    private static Object at(ContainerPlan plan, String path) {
        return at(config(plan, false), path);
    }

    @Test
    void saysWhatRuns() {
        var config = config(PLAN, false);

        assertThat(at(config, "process.args"))
                .isEqualTo(List.of("/bin/program", "with \"quotes\"\n"));
        assertThat(at(config, "root")).isEqualTo(Map.of("path", "/roots/one", "readonly", false));
        assertThat(at(config, "hostname")).isEqualTo("task-1");
        assertThat(at(config, "linux.cgroupsPath")).isEqualTo("/meseta/task_1");
        assertThat(at(config, "process.terminal")).isEqualTo(false);
    }

    @Test
    void saysWhoRunsItAndWithinWhat() {
        var process =
                ContainerProcess.of("x")
                        .as(new Identity(7, 8, List.of(9)))
                        .within(Map.of("RLIMIT_CORE", new Rlimit(0, Rlimit.UNLIMITED)));
        var config = config(ContainerPlan.of(PLAN.root(), process), false);

        assertThat(at(config, "process.user"))
                .isEqualTo(
                        Map.of("uid", 7L, "gid", 8L, "umask", 18L, "additionalGids", List.of(9L)));
        assertThat(OciConfig.process(process, Privileges.STANDARD))
                .contains("\"hard\":18446744073709551615,\"soft\":0");
    }

    @Test
    void makesNewNamespacesOrJoinsThemOrNeither() {
        var namespaces =
                Namespaces.STANDARD
                        .withIpc(new Namespace.Of(OTHER))
                        .withNetwork(new Namespace.At(Path.of("/run/netns/blue")))
                        .withHostname(Namespace.MACHINE);

        var config = config(PLAN.in(namespaces), false);

        assertThat(at(config, "linux.namespaces"))
                .isEqualTo(
                        List.of(
                                Map.of("type", "mount"),
                                Map.of("type", "cgroup"),
                                Map.of("type", "pid"),
                                Map.of("type", "ipc", "path", "/proc/4711/ns/ipc"),
                                Map.of("type", "network", "path", "/run/netns/blue")));
        assertThat(at(config, "hostname")).isEqualTo(NOTHING);
        assertThat(at(config, "mounts").toString()).contains("/run/c/other/shm");
    }

    @Test
    void turnsUsersIntoMappings() {
        var config = config(PLAN.in(Namespaces.STANDARD.withUsersFrom(100_000, 1000)), false);

        assertThat(at(config, "linux.uidMappings"))
                .isEqualTo(List.of(Map.of("containerID", 0L, "hostID", 100_000L, "size", 1000L)));
        assertThat(at(config, "mounts").toString()).doesNotContain("sysfs").doesNotContain("gid=5");
    }

    @Test
    void leavesInheritableEmptyButForWhatIsAmbient() {
        var ambient = PLAN.with(Privileges.STANDARD.ambient(Set.of(Capability.NET_ADMIN)));

        assertThat(at(PLAN, "process.capabilities.inheritable")).isEqualTo(List.of());
        assertThat(at(ambient, "process.capabilities.inheritable"))
                .isEqualTo(List.of("CAP_NET_ADMIN"));
        assertThat(at(ambient, "process.capabilities.ambient")).isEqualTo(List.of("CAP_NET_ADMIN"));
    }

    @Test
    void turnsLimitsIntoResources() {
        var limits =
                new Limits(
                        Limits.Cpu.NONE.weighing(500).atMost(1500).on("0-1", "0"),
                        new Limits.Memory(1 << 20, 4 << 20, Limits.Memory.NO_SWAP),
                        99,
                        200,
                        Map.of("2MB", 4L << 20),
                        List.of());
        var legacy = config(PLAN.within(limits), false);
        var unified = config(PLAN.within(limits), true);

        assertThat(at(legacy, "linux.resources.cpu"))
                .isEqualTo(
                        Map.of(
                                "shares", 512L, "quota", 150_000L, "period", 100_000L, "cpus",
                                "0-1", "mems", "0"));
        assertThat(at(legacy, "linux.resources.memory"))
                .isEqualTo(Map.of("limit", 4L << 20, "reservation", 1L << 20, "swap", 4L << 20));
        assertThat(at(legacy, "linux.resources.pids")).isEqualTo(Map.of("limit", 99L));
        assertThat(at(legacy, "linux.resources.blockIO")).isEqualTo(Map.of("weight", 29L));
        assertThat(at(unified, "linux.resources.unified"))
                .isEqualTo(Map.of("io.weight", "default 200"));
        assertThat(at(legacy, "linux.resources.hugepageLimits"))
                .isEqualTo(List.of(Map.of("pageSize", "2MB", "limit", 4L << 20)));
    }

    @Test
    void limitsNothingThatNobodyLimits() {
        assertThat(((Map<?, ?>) at(PLAN, "linux.resources")).keySet()).isEqualTo(Set.of("devices"));
    }

    @Test
    void deniesAllDevicesBeforeItAllowsSome() {
        var rules = (List<?>) at(PLAN, "linux.resources.devices");

        assertThat(rules.getFirst()).isEqualTo(Map.of("allow", false, "access", "rwm"));
        assertThat(rules.toString()).doesNotContain("type=b, access=rwm");
    }

    @Test
    void mountsTheMachinesDevicesInsteadOfMakingThemThere() {
        var plan = ContainerPlan.of(RootFiles.of(new Root.Machine()), PLAN.process());

        var first = ((List<?>) at(plan, "mounts")).getFirst();

        assertThat(first)
                .isEqualTo(
                        Map.of(
                                "destination", "/dev",
                                "type", "bind",
                                "source", "/dev",
                                "options", List.of("rbind", "nosuid")));
    }

    @Test
    void keepsTheOrderAndOptionsOfMounts() {
        var mounts =
                List.<Mount>of(
                        Mount.Bind.of(Path.of("/a"), "/x", true),
                        new Mount.Bind(
                                Path.of("/b"),
                                "/y",
                                false,
                                false,
                                Mount.Propagation.BOTH,
                                List.of("noexec")),
                        Mount.Tmpfs.of("/z", 4096));
        var plan = PLAN.mounting(mounts);

        var all = (List<?>) at(plan, "mounts");

        assertThat(all.subList(all.size() - 3, all.size()).toString())
                .contains("[rbind, ro, rprivate, nosuid, nodev]")
                .contains("[bind, rw, rshared, noexec]")
                .contains("[nosuid, nodev, size=4096, mode=1777]");
        assertThat(at(plan, "linux.rootfsPropagation")).isEqualTo("shared");
        assertThat(at(PLAN, "linux.rootfsPropagation")).isEqualTo("rslave");
    }

    @Test
    void letsNobodyWithoutRightsMakeNamespaces() {
        var standard = SeccompProfile.standard(Privileges.STANDARD_CAPABILITIES).toString();
        var mighty = SeccompProfile.standard(EnumSet.of(Capability.SYS_ADMIN)).toString();

        assertThat(standard)
                .doesNotContain("unshare", " mount,", "setns", "bpf", "init_module", "io_uring")
                .contains("openat2", "MASKED_EQ", "chroot");
        assertThat(mighty).contains("unshare", "setns").doesNotContain("MASKED_EQ", "init_module");
    }

    @Test
    void takesAProfileThatIsGivenOrNone() {
        var given =
                PLAN.with(
                        Privileges.STANDARD.filtered(
                                new Seccomp.Given("{\"defaultAction\":\"SCMP_ACT_LOG\"}")));
        var none = PLAN.with(Privileges.STANDARD.filtered(new Seccomp.Unconfined()));

        assertThat(at(given, "linux.seccomp")).isEqualTo(Map.of("defaultAction", "SCMP_ACT_LOG"));
        assertThat(at(none, "linux.seccomp")).isEqualTo(NOTHING);
    }
}
