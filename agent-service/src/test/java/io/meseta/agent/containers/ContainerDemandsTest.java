package io.meseta.agent.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ContainerInfo.DockerInfo;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.NetworkInfo;
import io.meseta.mesos.v1.Parameter;
import io.meseta.mesos.v1.Volume;
import io.meseta.mesos.v1.Volume.Source;
import org.junit.jupiter.api.Test;

class ContainerDemandsTest {

    @Test
    void asksForNothingWhereThereIsNone() {
        var none = ContainerInfo.getDefaultInstance();

        assertThat(ContainerDemands.isNeeded(none)).isFalse();
        assertThat(ContainerDemands.unsupported(none, false)).isEmpty();
    }

    @Test
    void knowsWhatNeedsARuntime() {
        assertThat(ContainerDemands.isNeeded(mesos().build())).isFalse();
        assertThat(ContainerDemands.isNeeded(mesos().setHostname("h").build())).isTrue();
        assertThat(ContainerDemands.isNeeded(docker().build())).isTrue();
        assertThat(ContainerDemands.isNeeded(mesos().addVolumes(host("/a", "/b")).build()))
                .isTrue();
    }

    @Test
    void takesImagesOfBothKinds() {
        var image =
                Image.newBuilder()
                        .setType(Image.Type.DOCKER)
                        .setDocker(Image.Docker.newBuilder().setName("box"));
        var info = mesos().setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image));

        assertThat(ContainerDemands.unsupported(info.build(), false)).isEmpty();
        assertThat(ContainerDemands.unsupported(docker().build(), false)).isEmpty();
    }

    @Test
    void saysByNameWhatDockerContainersCanNotHave() {
        var parameter = Parameter.newBuilder().setKey("volume").setValue("/a");
        assertThat(unsupported(DockerInfo.newBuilder().setImage("i").addParameters(parameter)))
                .contains("docker parameter 'volume'");
        var climbing = Parameter.newBuilder().setKey("tmpfs").setValue("/a/../b");
        assertThat(unsupported(DockerInfo.newBuilder().setImage("i").addParameters(climbing)))
                .contains("docker parameter 'tmpfs': '/a/../b'");
        var fit = Parameter.newBuilder().setKey("tmpfs").setValue("/run:size=1m");
        assertThat(unsupported(DockerInfo.newBuilder().setImage("i").addParameters(fit))).isEmpty();
        assertThat(
                        unsupported(
                                DockerInfo.newBuilder()
                                        .setImage("i")
                                        .setNetwork(DockerInfo.Network.USER)))
                .contains("docker network USER");
        assertThat(
                        unsupported(
                                DockerInfo.newBuilder()
                                        .setImage("i")
                                        .setNetwork(DockerInfo.Network.NONE)))
                .isEmpty();
    }

    @Test
    void saysByNameWhatVolumesThereAreNot() {
        assertThat(unsupported(host("../up", "/a"))).contains("container path '../up'");
        assertThat(unsupported(host("", "/a"))).contains("container path");
        assertThat(unsupported(host("/a", "/b/../c"))).contains("host path with");
        assertThat(unsupported(of(Source.newBuilder().setType(Source.Type.CSI_VOLUME))))
                .contains("CSI");
        assertThat(unsupported(of(Source.newBuilder().setType(Source.Type.DOCKER_VOLUME))))
                .contains("docker volume driver");
        assertThat(unsupported(of(Source.newBuilder().setType(Source.Type.SECRET))))
                .contains("secret by reference");
        assertThat(unsupported(host("/a", "/b"))).isEmpty();
    }

    @Test
    void takesFromAParentsSandboxWhereThereIsOne() {
        var parent =
                mesos().addVolumes(
                                of(
                                        Source.newBuilder()
                                                .setType(Source.Type.SANDBOX_PATH)
                                                .setSandboxPath(
                                                        Source.SandboxPath.newBuilder()
                                                                .setType(
                                                                        Source.SandboxPath.Type
                                                                                .PARENT)
                                                                .setPath("p"))))
                        .build();
        assertThat(ContainerDemands.unsupported(parent, false)).isPresent();
        assertThat(ContainerDemands.unsupported(parent, true)).isEmpty();

        var shared = mesos().setLinuxInfo(LinuxInfo.newBuilder().setSharePidNamespace(true));
        assertThat(ContainerDemands.unsupported(shared.build(), true)).isPresent();
        assertThat(ContainerDemands.unsupported(shared.build(), false)).isEmpty();
    }

    @Test
    void hasNoNetworksOfItsOwn() {
        var named = mesos().addNetworkInfos(NetworkInfo.newBuilder().setName("net"));
        assertThat(ContainerDemands.unsupported(named.build(), false))
                .contains("networks of a container");
        var host = mesos().addNetworkInfos(NetworkInfo.getDefaultInstance());
        assertThat(ContainerDemands.unsupported(host.build(), false)).isEmpty();
    }

    private static String unsupported(DockerInfo.Builder docker) {
        return ContainerDemands.unsupported(docker().setDocker(docker).build(), false).orElse("");
    }

    private static String unsupported(Volume.Builder volume) {
        return ContainerDemands.unsupported(mesos().addVolumes(volume).build(), false).orElse("");
    }

    private static Volume.Builder host(String containerPath, String hostPath) {
        return Volume.newBuilder()
                .setContainerPath(containerPath)
                .setMode(Volume.Mode.RO)
                .setHostPath(hostPath);
    }

    private static Volume.Builder of(Source.Builder source) {
        return Volume.newBuilder().setContainerPath("/a").setMode(Volume.Mode.RW).setSource(source);
    }

    private static ContainerInfo.Builder mesos() {
        return ContainerInfo.newBuilder().setType(ContainerInfo.Type.MESOS);
    }

    private static ContainerInfo.Builder docker() {
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.DOCKER)
                .setDocker(DockerInfo.newBuilder().setImage("box"));
    }
}
