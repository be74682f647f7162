package io.meseta.mesos.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.Credential;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.Image;
import io.meseta.mesos.v1.Secret;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.Volume;
import io.meseta.mesos.v1.Volume.Source.CSIVolume;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SecretValuesTest {

    @Test
    void findsThemWhereverTheyAre() {
        var found = new ArrayList<String>();

        var changed =
                SecretValues.changed(
                        task(),
                        value -> {
                            found.add(value.toStringUtf8());
                            return ByteString.copyFromUtf8("changed");
                        });

        assertThat(found)
                .containsExactlyInAnyOrder(
                        "variable", "volume", "registry", "password", "csi", "check");
        assertThat(changed.toString())
                .doesNotContain("\"variable\"", "\"volume\"", "\"registry\"", "\"password\"")
                .contains("data: \"of-executor\"");
        assertThat(
                        changed.getContainer()
                                .getVolumes(1)
                                .getSource()
                                .getCsiVolume()
                                .getStaticProvisioning()
                                .getNodeStageSecretsOrThrow("k")
                                .getValue()
                                .getData()
                                .toStringUtf8())
                .isEqualTo("changed");
    }

    @Test
    void leavesAloneWhatHoldsNone() {
        var plain = TaskInfo.newBuilder().setCommand(CommandInfo.newBuilder().setValue("true"));
        var task = plain.buildPartial();

        assertThat(SecretValues.changed(task, _ -> ByteString.EMPTY)).isSameAs(task);
        assertThat(SecretValues.changed(task.getExecutor(), _ -> ByteString.EMPTY))
                .isSameAs(task.getExecutor());
    }

    @Test
    void changesThoseOfAnExecutorByItself() {
        var changed =
                SecretValues.changed(task().getExecutor(), _ -> ByteString.copyFromUtf8("changed"));

        assertThat(changed.toString()).contains("changed").doesNotContain("of-executor");
    }

    @SuppressWarnings("deprecation") // `credential` is old, and frameworks still send it
    private static TaskInfo task() {
        var image =
                Image.newBuilder()
                        .setType(Image.Type.DOCKER)
                        .setDocker(
                                Image.Docker.newBuilder()
                                        .setName("box")
                                        .setConfig(secret("registry"))
                                        .setCredential(
                                                Credential.newBuilder()
                                                        .setPrincipal("p")
                                                        .setSecret("password")));
        var csi =
                CSIVolume.newBuilder()
                        .setStaticProvisioning(
                                CSIVolume.StaticProvisioning.newBuilder()
                                        .putNodeStageSecrets("k", secret("csi"))
                                        .buildPartial())
                        .buildPartial();
        var container =
                ContainerInfo.newBuilder()
                        .setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image))
                        .addVolumes(volume(Volume.Source.newBuilder().setSecret(secret("volume"))))
                        .addVolumes(volume(Volume.Source.newBuilder().setCsiVolume(csi)))
                        .buildPartial();
        var executor =
                ExecutorInfo.newBuilder()
                        .setExecutorId(ExecutorID.newBuilder().setValue("e"))
                        .setCommand(command("of-executor"))
                        .buildPartial();
        return TaskInfo.newBuilder()
                .setCommand(command("variable"))
                .setHealthCheck(HealthCheck.newBuilder().setCommand(command("check")))
                .setContainer(container)
                .setExecutor(executor)
                .buildPartial();
    }

    private static Volume volume(Volume.Source.Builder source) {
        return Volume.newBuilder().setSource(source.buildPartial()).buildPartial();
    }

    private static CommandInfo.Builder command(String value) {
        return CommandInfo.newBuilder()
                .setEnvironment(
                        Environment.newBuilder()
                                .addVariables(
                                        Environment.Variable.newBuilder()
                                                .setName("V")
                                                .setSecret(secret(value))));
    }

    private static Secret secret(String value) {
        return Secret.newBuilder()
                .setType(Secret.Type.VALUE)
                .setValue(Secret.Value.newBuilder().setData(ByteString.copyFromUtf8(value)))
                .build();
    }
}
