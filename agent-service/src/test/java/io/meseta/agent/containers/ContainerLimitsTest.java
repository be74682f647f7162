package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.containers.ContainerBounds.Shares;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ContainerInfo.DockerInfo;
import io.meseta.mesos.v1.Parameter;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import io.meseta.runtime.plan.Limits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerLimitsTest {

    private static final long MEGABYTE = 1 << 20;
    private static final List<Resource> ASKED = List.of(scalar("cpus", 0.5), scalar("mem", 64));

    private final ContainerLimits usual = new ContainerLimits(Shares.USUAL, HugePages.NONE);
    private final ContainerLimits loose =
            new ContainerLimits(
                    new Shares(false, false, 100, 64 * MEGABYTE, true, 500),
                    new HugePages(Set.of("2MB", "1GB")));

    @Test
    void guaranteesWhatIsAskedForAndStopsAtTheLimit() {
        var plain = usual.of(ASKED, Map.of(), DockerWishes.NONE);
        assertThat(plain.cpu().shares()).isEqualTo(512);
        assertThat(plain.cpu().quotaMicros()).isEqualTo(Limits.NO_LIMIT);
        assertThat(plain.memory())
                .isEqualTo(new Limits.Memory(64 * MEGABYTE, 64 * MEGABYTE, Limits.NO_LIMIT));

        var bursting =
                usual.of(ASKED, Map.of("cpus", amount(2), "mem", amount(128)), DockerWishes.NONE);
        assertThat(bursting.cpu().quotaMicros()).isEqualTo(200_000);
        assertThat(bursting.memory().soft()).isEqualTo(64 * MEGABYTE);
        assertThat(bursting.memory().hard()).isEqualTo(128 * MEGABYTE);
    }

    @Test
    void takesLimitsThatAreNone() {
        var infinite = Map.of("cpus", amount(1.0 / 0), "mem", amount(1.0 / 0));
        assertThat(usual.of(ASKED, infinite, DockerWishes.NONE).memory().hard())
                .isEqualTo(Limits.NO_LIMIT);
        assertThat(usual.of(List.of(scalar("mem", 1)), Map.of(), DockerWishes.NONE).memory().hard())
                .isEqualTo(32 * MEGABYTE);
        var negative = Map.of("mem", amount(-1));
        assertThatThrownBy(() -> usual.of(ASKED, negative, DockerWishes.NONE))
                .isInstanceOf(LaunchFailure.class);
    }

    @Test
    void letsNobodyChooseProcessorsOrWeightsUnlessTheOperatorDoes() {
        var pinned = wishes("cpuset-cpus", "0", "cpuset-mems", "0");
        var heavy = wishes("blkio-weight", "500");

        assertThatThrownBy(() -> usual.of(ASKED, Map.of(), pinned))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("docker.pinning");
        assertThatThrownBy(() -> usual.of(ASKED, Map.of(), heavy))
                .isInstanceOf(LaunchFailure.class)
                .hasMessageContaining("docker.disk-weight-max");
        assertThatThrownBy(() -> loose.of(ASKED, Map.of(), wishes("blkio-weight", "501")))
                .hasMessageContaining("500 at most");
        var cpu = loose.of(ASKED, Map.of(), pinned).cpu();
        assertThat(cpu.cpus()).isEqualTo("0");
        assertThat(cpu.memoryNodes()).isEqualTo("0");
        assertThat(cpu.shares()).isEqualTo(512);
        assertThat(loose.of(ASKED, Map.of(), heavy).ioWeight()).isEqualTo(Limits.ioWeight(500));
    }

    @Test
    void hasNoMoreProcessesThanTheOperatorAllows() {
        assertThat(usual.of(ASKED, Map.of(), wishes("pids-limit", "9")).processesMax())
                .isEqualTo(9);
        assertThat(loose.of(ASKED, Map.of(), wishes("pids-limit", "9")).processesMax())
                .isEqualTo(9);
        assertThat(loose.of(ASKED, Map.of(), wishes("pids-limit", "101")).processesMax())
                .isEqualTo(100);
        assertThat(loose.of(ASKED, Map.of(), wishes("pids-limit", "-1")).processesMax())
                .isEqualTo(100);
    }

    @Test
    void hasTheHugePagesThatItAsksForAndNoOthers() {
        var asked = List.of(scalar("mem", 64), scalar("hugepages-2MB", 8));

        assertThat(loose.of(asked, Map.of(), DockerWishes.NONE).hugePages())
                .isEqualTo(Map.of("2MB", 8 * MEGABYTE, "1GB", 0L));
        assertThat(loose.of(ASKED, Map.of(), DockerWishes.NONE).hugePages())
                .isEqualTo(Map.of("2MB", 0L, "1GB", 0L));
        assertThat(usual.of(ASKED, Map.of(), DockerWishes.NONE).hugePages()).isEmpty();
    }

    @Test
    void knowsWhichSizesAnAgentOffers() {
        var all = List.of(scalar("cpus", 1), scalar("hugepages-2MB", 8), scalar("hugepages-x", 1));

        assertThat(HugePages.offered(all).offered()).containsExactly("2MB");
    }

    private static DockerWishes wishes(String... parameters) {
        var docker = DockerInfo.newBuilder().setImage("box");
        for (int i = 0; i < parameters.length; i += 2)
            docker.addParameters(
                    Parameter.newBuilder().setKey(parameters[i]).setValue(parameters[i + 1]));
        return DockerWishes.of(
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.DOCKER)
                        .setDocker(docker)
                        .build());
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
