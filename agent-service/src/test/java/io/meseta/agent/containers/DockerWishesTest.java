package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.containers.DockerWishes.Placement;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ContainerInfo.DockerInfo;
import io.meseta.mesos.v1.Parameter;
import io.meseta.runtime.plan.Capability;
import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerWishesTest {

    @Test
    void wantsNothingWhereNothingIsSaid() {
        assertThat(DockerWishes.of(container())).isEqualTo(DockerWishes.NONE);
        assertThat(DockerWishes.of(ContainerInfo.getDefaultInstance()))
                .isEqualTo(DockerWishes.NONE);
        var mesos =
                container("read-only", "true").toBuilder()
                        .setType(ContainerInfo.Type.MESOS)
                        .build();
        assertThat(DockerWishes.of(mesos)).isEqualTo(DockerWishes.NONE);
    }

    @Test
    void readsWhatDockersCommandLineTakes() {
        var wishes =
                DockerWishes.of(
                        container(
                                "cpuset-cpus", "0-3,8",
                                "cpuset-mems", "0",
                                "blkio-weight", "300",
                                "pids-limit", "64",
                                "shm-size", "128m",
                                "read-only", "true",
                                "tmpfs", "/run"));

        assertThat(wishes.placement()).isEqualTo(new Placement("0-3,8", "0"));
        assertThat(wishes.diskWeight()).isEqualTo(300);
        assertThat(wishes.processesMax()).isEqualTo(64);
        assertThat(wishes.shmBytes()).isEqualTo(128L << 20);
        assertThat(wishes.isReadOnly()).isTrue();
        assertThat(wishes.inMemory()).hasSize(1);
        assertThat(DockerWishes.of(container("pids-limit", "-1")).processesMax()).isZero();
        assertThat(DockerWishes.of(container("read-only", "false")).isReadOnly()).isFalse();
    }

    @Test
    void readsLimitsByTheKernelsNames() {
        var wishes =
                DockerWishes.of(
                        container(
                                "ulimit", "nofile=10:20", "ulimit", "core=0", "ulimit", "cpu=-1"));

        assertThat(wishes.rlimits())
                .isEqualTo(
                        Map.of(
                                "RLIMIT_NOFILE",
                                new Rlimit(10, 20),
                                "RLIMIT_CORE",
                                new Rlimit(0, 0),
                                "RLIMIT_CPU",
                                new Rlimit(Rlimit.UNLIMITED, Rlimit.UNLIMITED)));
    }

    @Test
    void addsAndDropsCapabilities() {
        var usual = EnumSet.of(Capability.CHOWN, Capability.KILL);

        var few = DockerWishes.of(container("cap-drop", "ALL", "cap-add", "NET_BIND_SERVICE"));
        var other = DockerWishes.of(container("cap-drop", "cap_kill", "cap-add", "setuid"));
        var both = DockerWishes.of(container("cap-add", "KILL", "cap-drop", "KILL"));

        assertThat(few.capabilities().of(usual)).containsExactly(Capability.NET_BIND_SERVICE);
        assertThat(other.capabilities().of(usual))
                .containsExactlyInAnyOrder(Capability.CHOWN, Capability.SETUID);
        assertThat(both.capabilities().of(usual)).contains(Capability.KILL);
        assertThat(DockerWishes.NONE.capabilities().of(usual)).isEqualTo(usual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpuset-cpus|all|numbers such as",
                "cpuset-cpus|0-|numbers such as",
                "cpuset-mems|-1|numbers such as",
                "blkio-weight|9|between 10 and 1000",
                "blkio-weight|1001|between 10 and 1000",
                "pids-limit|many|whole number",
                "shm-size|0|a size of",
                "shm-size|64x|no size",
                "read-only|maybe|true or false",
                "cap-add|SYS_NOTHING|no capability",
                "ulimit|nofile|no limit such as",
                "ulimit|nofile=20:10|soft limit",
                "ulimit|nothing=1|no limit 'nothing'",
                "tmpfs|/a/../b|no place"
            })
    void saysWhatIsWrongWithAValue(String key, String value, String reason) {
        assertThatThrownBy(() -> DockerWishes.of(container(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("docker parameter '" + key + "': ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"privileged", "volume", "network", "runtime", "", "CPUSET-CPUS"})
    void refusesAllOthersByName(String key) {
        assertThatThrownBy(() -> DockerWishes.of(container(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("docker parameter '" + key + "'");
    }

    private static ContainerInfo container(String... parameters) {
        var docker = DockerInfo.newBuilder().setImage("box");
        for (int i = 0; i < parameters.length; i += 2)
            docker.addParameters(
                    Parameter.newBuilder().setKey(parameters[i]).setValue(parameters[i + 1]));
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.DOCKER)
                .setDocker(docker)
                .build();
    }
}
