package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.launch.LaunchFailure;
import io.meseta.mesos.v1.CapabilityInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.Parameter;
import io.meseta.mesos.v1.RLimitInfo;
import io.meseta.mesos.v1.SeccompInfo;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Privileges;
import io.meseta.runtime.plan.Root;
import io.meseta.runtime.plan.RootFiles;
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
                ContainerBounds.Shares.USUAL,
                List.of(),
                List.of(),
                Set.of(Capability.NET_ADMIN),
                isLoose,
                "");
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
        assertThat(Confinement.rlimits(limited(limits)))
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
        assertThatThrownBy(() -> Confinement.rlimits(limited(half)))
                .hasMessageContaining("RLMT_NOFILE");
    }

    @Test
    void changesTheUsualRightsByDockersParameters() {
        var few = usual.privileges(docker("cap-drop", "ALL", "cap-add", "CHOWN"), true);
        var admin = docker("cap-add", "NET_ADMIN");
        var twice =
                docker("cap-drop", "CHOWN").toBuilder()
                        .setLinuxInfo(
                                LinuxInfo.newBuilder()
                                        .setEffectiveCapabilities(
                                                of(CapabilityInfo.Capability.CHOWN)))
                        .build();

        assertThat(few.bounding()).containsExactly(Capability.CHOWN);
        assertThatThrownBy(() -> usual.privileges(admin, true))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("CAP_NET_ADMIN");
        assertThat(loose.privileges(admin, true).effective()).contains(Capability.NET_ADMIN);
        assertThatThrownBy(() -> usual.privileges(twice, true))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("both");
    }

    @Test
    void writesNothingWhereItSaysSo() {
        var files = RootFiles.of(new Root.Machine());

        assertThat(usual.files(docker("read-only", "true"), files).isReadOnly()).isTrue();
        assertThat(usual.files(docker("shm-size", "8m"), files).shmBytes()).isEqualTo(8 * MEGABYTE);
        assertThat(usual.files(docker(), files).isReadOnly()).isFalse();
    }

    private static ContainerInfo docker(String... parameters) {
        var docker = ContainerInfo.DockerInfo.newBuilder().setImage("box");
        for (int i = 0; i < parameters.length; i += 2)
            docker.addParameters(
                    Parameter.newBuilder().setKey(parameters[i]).setValue(parameters[i + 1]));
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.DOCKER)
                .setDocker(docker)
                .build();
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

    private static ContainerInfo limited(RLimitInfo.Builder limits) {
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .setRlimitInfo(limits)
                .build();
    }

    private static CapabilityInfo of(CapabilityInfo.Capability capability) {
        return CapabilityInfo.newBuilder().addCapabilities(capability).build();
    }
}
