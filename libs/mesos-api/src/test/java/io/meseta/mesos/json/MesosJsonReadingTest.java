package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.RateLimit;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TimeInfo;
import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.mesos.v1.scheduler.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MesosJsonReadingTest extends JsonReadingScene {

    @Test
    void readsACall() throws UnreadableJson {
        var call =
                read(
                        " {\"type\": \"KILL\", \"framework_id\": {\"value\": \"f\"},\n"
                                + " \"kill\": {\"task_id\": {\"value\": \"t\"},"
                                + " \"kill_policy\": {\"grace_period\": {\"nanoseconds\": 5}}}} ",
                        CALL);

        assertThat(call.getType()).isEqualTo(Call.Type.KILL);
        assertThat(call.getFrameworkId()).isEqualTo(FrameworkID.newBuilder().setValue("f").build());
        assertThat(call.getKill().getTaskId()).isEqualTo(TaskID.newBuilder().setValue("t").build());
        assertThat(call.getKill().getKillPolicy().getGracePeriod().getNanoseconds()).isEqualTo(5);
    }

    @Test
    void readsAWholeSurrogatePair() throws UnreadableJson {
        var call = read("{\"framework_id\":{\"value\":\"\\ud83d\\ude00\"}}", CALL);

        assertThat(call.getFrameworkId().getValue()).isEqualTo("\ud83d\ude00");
    }

    @Test
    void ignoresUnknownFieldsOfAnyShape() throws UnreadableJson {
        assertThat(
                        read(
                                "{\"x\":{\"type\":[1,{\"a\":[]}]},\"y\":[[],{}],\"z\":1e5,"
                                        + "\"type\":\"REVIVE\",\"w\":\"\"}",
                                CALL))
                .isEqualTo(CALL.toBuilder().setType(Call.Type.REVIVE).build());
    }

    @Test
    void takesNullForUnset() throws UnreadableJson {
        assertThat(
                        read(
                                "{\"type\":null,\"framework_id\":null,\"revive\":{\"roles\":"
                                        + "[null,\"a\",null]},\"suppress\":{\"roles\":null}}",
                                CALL))
                .isEqualTo(
                        CALL.toBuilder()
                                .setRevive(Call.Revive.newBuilder().addRoles("a"))
                                .setSuppress(Call.Suppress.newBuilder())
                                .build());
    }

    @Test
    void dropsEnumValuesThatItDoesNotKnow() throws UnreadableJson {
        assertThat(read("{\"type\":\"NOPE\"}", CALL)).isEqualTo(CALL);
        assertThat(read("{\"type\":\"1\"}", CALL)).isEqualTo(CALL);
        assertThat(
                        read(
                                        "{\"user\":\"u\",\"name\":\"n\",\"capabilities\":["
                                                + "{\"type\":\"NEW\"},{\"type\":\"MULTI_ROLE\"}]}",
                                        FrameworkInfo.getDefaultInstance())
                                .getCapabilitiesList())
                .containsExactly(
                        FrameworkInfo.Capability.getDefaultInstance(),
                        FrameworkInfo.Capability.newBuilder()
                                .setType(FrameworkInfo.Capability.Type.MULTI_ROLE)
                                .build());
    }

    @Test
    void takesTheLastOfADuplicateName() throws UnreadableJson {
        assertThat(
                        read(
                                "{\"type\":\"KILL\",\"type\":\"REVIVE\",\"revive\":{\"roles\":"
                                        + "[\"a\"]},\"revive\":{\"roles\":[\"b\"],\"roles\":[\"c\"]}}",
                                CALL))
                .isEqualTo(
                        CALL.toBuilder()
                                .setType(Call.Type.REVIVE)
                                .setRevive(Call.Revive.newBuilder().addRoles("c"))
                                .build());
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2",
        "-2.5, -2.5",
        "\"2.5\", 2.5",
        "1e3, 1000",
        "\" 7 \", 7",
        "\"Infinity\", Infinity",
        "\"-Infinity\", -Infinity",
        "12345678901234567890123, 1.2345678901234568e22",
        "-0, 0",
    })
    void readsDoubles(String json, double value) throws UnreadableJson {
        assertThat(read("{\"name\":\"m\",\"value\":" + json + "}", METRIC).getValue())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "\"12\", 12",
        "2.000000, 2",
        "2.9, 2",
        "-2.9, -2",
        "1e3, 1000",
        "1E-400, 0",
    })
    void readsSignedIntegers(String json, long value) throws UnreadableJson {
        assertThat(
                        read("{\"nanoseconds\":" + json + "}", TimeInfo.getDefaultInstance())
                                .getNanoseconds())
                .isEqualTo(value);
    }

    @Test
    void readsUnsignedIntegers() throws UnreadableJson {
        var limit = "{\"principal\":\"p\",\"capacity\":18446744073709551615}";
        var port = "{\"port\":4294967295}";

        assertThat(read(limit, RateLimit.getDefaultInstance()).getCapacity()).isEqualTo(-1);
        assertThat(read(port, HealthCheck.HTTPCheckInfo.getDefaultInstance()).getPort())
                .isEqualTo(-1);
    }

    @Test
    void readsBooleansAlsoInQuotes() throws UnreadableJson {
        var prototype = FrameworkInfo.getDefaultInstance();
        var json = "{\"user\":\"u\",\"name\":\"n\",\"checkpoint\":%s}";

        assertThat(read(json.formatted("true"), prototype).getCheckpoint()).isTrue();
        assertThat(read(json.formatted("\"true\""), prototype).getCheckpoint()).isTrue();
        assertThat(read(json.formatted("\"false\""), prototype).hasCheckpoint()).isTrue();
        assertThat(misshapen(json.formatted("\"yes\""), prototype))
                .hasMessage(
                        "Failed to parse 'yes' as a JSON boolean for field 'checkpoint':"
                                + " syntax error at line 1 near: yes");
        assertThat(misshapen(json.formatted("1"), prototype))
                .hasMessage("Not expecting a JSON number for field 'checkpoint'");
    }

    @Test
    void readsBytesInBase64() throws UnreadableJson {
        var json =
                "{\"acknowledge\":{\"agent_id\":{\"value\":\"a\"},\"task_id\":{\"value\":\"t\"},"
                        + "\"uuid\":\"%s\"}}";

        assertThat(read(json.formatted("+/ABAg=="), CALL).getAcknowledge().getUuid())
                .isEqualTo(ByteString.copyFrom(new byte[] {-5, -16, 1, 2}));
        assertThat(misshapen(json.formatted("*"), CALL))
                .hasMessageStartingWith("Failed to base64 decode bytes field 'uuid': ");
    }

    @Test
    void readsMaps() throws UnreadableJson {
        var config =
                read(
                        "{\"role\":\"r\",\"limits\":{\"cpus\":{\"value\":1},\"mem\":null,"
                                + "\"cpus\":{\"value\":2}}}",
                        QuotaConfig.getDefaultInstance());

        assertThat(config.getLimitsMap()).containsOnlyKeys("cpus");
        assertThat(config.getLimitsOrThrow("cpus").getValue()).isEqualTo(2);
        assertThat(misshapen("{\"limits\":[]}", QuotaConfig.getDefaultInstance()))
                .hasMessage("Not expecting a JSON array for field 'limits'");
    }

    @Test
    void takesOneElementForAList() throws UnreadableJson {
        assertThat(read("{\"revive\":{\"roles\":\"a\"}}", CALL).getRevive().getRolesList())
                .containsExactly("a");
    }

    @Test
    void survivesOtherEncodings() throws UnreadableJson {
        assertThat(MesosJson.read("{}".getBytes(UTF_16LE), CALL, JsonLimits.DEFAULT))
                .isEqualTo(CALL);
        assertThat(refused("{]".getBytes(UTF_16LE), CALL, JsonLimits.DEFAULT))
                .isInstanceOf(MalformedJson.class);
    }

    @Test
    void readsAContainerWithEveryKindOfField() throws UnreadableJson {
        var json =
                "{\"type\":\"DOCKER\",\"docker\":{\"image\":\"i\",\"network\":\"BRIDGE\","
                        + "\"port_mappings\":[{\"host_port\":\"80\",\"container_port\":8080}],"
                        + "\"privileged\":true}}";

        var container = read(json, ContainerInfo.getDefaultInstance());

        assertThat(container.getDocker().getPortMappings(0).getHostPort()).isEqualTo(80);
        assertThat(container.getDocker().getNetwork())
                .isEqualTo(ContainerInfo.DockerInfo.Network.BRIDGE);
        assertThat(container.getDocker().getPrivileged()).isTrue();
    }
}
