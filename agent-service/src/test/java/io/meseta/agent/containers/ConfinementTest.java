package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.launch.LaunchFailure;
import io.meseta.mesos.v1.CapabilityInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.RLimitInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.SeccompInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import io.meseta.runtime.plan.Limits;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.plan.Seccomp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfinementTest {

    private static final long MEGABYTE = 1 << 20;

    private final Confinement usual = new Confinement(ContainerBounds.USUAL);
    private final Confinement loose = new Confinement(bounds(true));

    private static ContainerBounds bounds(boolean isLoose) {
        return new ContainerBounds(
                false, false, 0, MEGABYTE, List.of(), Set.of(Capability.NET_ADMIN), isLoose, "");
    }

    @Test
    void givesStandardRightsToWhoAsksForNothing() {
        assertThat(usual.privileges(info(LinuxInfo.newBuilder()), true))
                .isEqualTo(Privileges.STANDARD);
    }

    @Test
    void givesExactlyTheCapabilitiesThatAreAskedFor() {
        var linux =
                LinuxInfo.newBuilder()
                        .setEffectiveCapabilities(of(CapabilityInfo.Capability.CHOWN));
        var root = usual.privileges(info(linux), true);
        var other = usual.privileges(info(linux), false);

        assertThat(root.effective()).containsExactly(Capability.CHOWN);
        assertThat(root.bounding()).containsExactly(Capability.CHOWN);
        assertThat(root.ambient()).isEmpty();
        assertThat(other.ambient()).containsExactly(Capability.CHOWN);
    }

    @Test
    void givesNoCapabilityThatTheOperatorDoesNot() {
        var admin =
                LinuxInfo.newBuilder()
                        .setEffectiveCapabilities(of(CapabilityInfo.Capability.NET_ADMIN));
        assertThatThrownBy(() -> usual.privileges(info(admin), true))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("CAP_NET_ADMIN");
        assertThat(loose.privileges(info(admin), true).effective())
                .containsExactly(Capability.NET_ADMIN);
        var wider = admin.setBoundingCapabilities(of(CapabilityInfo.Capability.CHOWN));
        assertThatThrownBy(() -> loose.privileges(info(wider), true))
                .hasMessageContaining("not within the bounding");
    }

    @Test
    void leavesNobodyUnconfinedUnlessTheOperatorDoes() {
        var open =
                info(
                        LinuxInfo.newBuilder()
                                .setSeccomp(SeccompInfo.newBuilder().setUnconfined(true)));
        var pids = info(LinuxInfo.newBuilder().setSharePidNamespace(true));
        var privileged =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.DOCKER)
                        .setDocker(
                                ContainerInfo.DockerInfo.newBuilder()
                                        .setImage("i")
                                        .setPrivileged(true))
                        .build();

        assertThatThrownBy(() -> usual.privileges(open, true)).isInstanceOf(LaunchFailure.class);
        assertThatThrownBy(() -> usual.namespaces(pids)).isInstanceOf(LaunchFailure.class);
        assertThatThrownBy(() -> usual.privileges(privileged, true))
                .isInstanceOf(LaunchFailure.class);
        assertThat(loose.privileges(open, true).seccomp()).isEqualTo(new Seccomp.Unconfined());
        assertThat(loose.namespaces(pids).processes()).isEqualTo(Namespace.MACHINE);
        assertThat(loose.privileges(privileged, true).effective())
                .containsExactlyInAnyOrder(Capability.values());
    }

    @Test
    void knowsNoProfileOutsideOfItsFolder() {
        for (var name : List.of("../x", "/etc/passwd", ".hidden", "missing")) {
            var linux =
                    LinuxInfo.newBuilder()
                            .setSeccomp(SeccompInfo.newBuilder().setProfileName(name));
            assertThatThrownBy(() -> usual.privileges(info(linux), true))
                    .as(name)
                    .isInstanceOf(LaunchFailure.class);
        }
    }

    @Test
    void readsRlimits() {
        var limits =
                RLimitInfo.newBuilder()
                        .addRlimits(
                                RLimitInfo.RLimit.newBuilder()
                                        .setType(RLimitInfo.RLimit.Type.RLMT_NOFILE)
                                        .setSoft(10)
                                        .setHard(20))
                        .addRlimits(
                                RLimitInfo.RLimit.newBuilder()
                                        .setType(RLimitInfo.RLimit.Type.RLMT_CORE));
        assertThat(Confinement.rlimits(limits.build()))
                .isEqualTo(
                        Map.of(
                                "RLIMIT_NOFILE",
                                new Rlimit(10, 20),
                                "RLIMIT_CORE",
                                new Rlimit(Rlimit.UNLIMITED, Rlimit.UNLIMITED)));
        var half =
                RLimitInfo.newBuilder()
                        .addRlimits(
                                RLimitInfo.RLimit.newBuilder()
                                        .setType(RLimitInfo.RLimit.Type.RLMT_NOFILE)
                                        .setSoft(10));
        assertThatThrownBy(() -> Confinement.rlimits(half.build()))
                .hasMessageContaining("RLMT_NOFILE");
    }

    @Test
    void guaranteesWhatIsAskedForAndStopsAtTheLimit() {
        var limits = new ContainerLimits(ContainerBounds.USUAL);
        var asked = List.of(scalar("cpus", 0.5), scalar("mem", 64));

        var plain = limits.of(asked, Map.of());
        assertThat(plain.cpu().shares()).isEqualTo(512);
        assertThat(plain.cpu().quotaMicros()).isEqualTo(Limits.NO_LIMIT);
        assertThat(plain.memory())
                .isEqualTo(new Limits.Memory(64 * MEGABYTE, 64 * MEGABYTE, Limits.NO_LIMIT));

        var bursting = limits.of(asked, Map.of("cpus", amount(2), "mem", amount(128)));
        assertThat(bursting.cpu().quotaMicros()).isEqualTo(200_000);
        assertThat(bursting.memory().soft()).isEqualTo(64 * MEGABYTE);
        assertThat(bursting.memory().hard()).isEqualTo(128 * MEGABYTE);

        var infinite = Map.of("cpus", amount(1.0 / 0), "mem", amount(1.0 / 0));
        assertThat(limits.of(asked, infinite).memory().hard()).isEqualTo(Limits.NO_LIMIT);
        assertThat(limits.of(List.of(scalar("mem", 1)), Map.of()).memory().hard())
                .isEqualTo(32 * MEGABYTE);
        assertThatThrownBy(() -> limits.of(asked, Map.of("mem", amount(-1))))
                .isInstanceOf(LaunchFailure.class);
    }

    @Test
    void readsSignalsAsImagesNameThem() {
        assertThat(List.of("SIGQUIT", "quit", "3", "SIGRTMIN+3", "", "99", "SIGNONE"))
                .extracting(StopSignal::number)
                .containsExactly(3, 3, 3, 37, 15, 15, 15);
    }

    private static ContainerInfo info(LinuxInfo.Builder linux) {
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .setLinuxInfo(linux)
                .build();
    }

    private static CapabilityInfo of(CapabilityInfo.Capability capability) {
        return CapabilityInfo.newBuilder().addCapabilities(capability).build();
    }

    private static Resource scalar(String name, double value) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(amount(value))
                .build();
    }

    private static Value.Scalar amount(double value) {
        return Value.Scalar.newBuilder().setValue(value).build();
    }
}
