package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerID;
import io.meseta.mesos.v1.Environment;
import io.meseta.mesos.v1.Filters;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.Label;
import io.meseta.mesos.v1.Metric;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.OfferID;
import io.meseta.mesos.v1.RateLimit;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TimeInfo;
import io.meseta.mesos.v1.UUID;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.quota.QuotaConfig;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MesosJsonWritingTest {

    @Test
    void writesAnOffer() {
        var offer =
                Offer.newBuilder()
                        .setId(OfferID.newBuilder().setValue("m-O1"))
                        .setFrameworkId(FrameworkID.newBuilder().setValue("m-0000"))
                        .setAgentId(AgentID.newBuilder().setValue("m-S0"))
                        .setHostname("h")
                        .addResources(
                                Resource.newBuilder()
                                        .setName("cpus")
                                        .setType(Value.Type.SCALAR)
                                        .setScalar(Value.Scalar.newBuilder().setValue(3.5)))
                        .addResources(
                                Resource.newBuilder()
                                        .setName("ports")
                                        .setType(Value.Type.RANGES)
                                        .setRanges(
                                                Value.Ranges.newBuilder()
                                                        .addRange(
                                                                Value.Range.newBuilder()
                                                                        .setBegin(31000)
                                                                        .setEnd(32000))));
        var event =
                Event.newBuilder()
                        .setType(Event.Type.OFFERS)
                        .setOffers(Event.Offers.newBuilder().addOffers(offer));

        assertThat(written(event.build()))
                .isEqualTo(
                        "{\"type\":\"OFFERS\",\"offers\":{\"offers\":[{\"id\":{\"value\":\"m-O1\"},"
                                + "\"framework_id\":{\"value\":\"m-0000\"},"
                                + "\"agent_id\":{\"value\":\"m-S0\"},\"hostname\":\"h\","
                                + "\"resources\":[{\"name\":\"cpus\",\"type\":\"SCALAR\","
                                + "\"scalar\":{\"value\":3.5}},{\"name\":\"ports\","
                                + "\"type\":\"RANGES\",\"ranges\":{\"range\":[{\"begin\":31000,"
                                + "\"end\":32000}]}}]}]}}");
    }

    @Test
    void writesExplicitDefaultsButNoDeprecatedOnes() {
        assertThat(written(CommandInfo.getDefaultInstance())).isEqualTo("{\"shell\":true}");
        assertThat(written(Filters.getDefaultInstance())).isEqualTo("{\"refuse_seconds\":5.0}");
        assertThat(written(Environment.Variable.newBuilder().setName("A").build()))
                .isEqualTo("{\"name\":\"A\",\"type\":\"VALUE\"}");
        assertThat(written(HealthCheck.getDefaultInstance()))
                .isEqualTo(
                        "{\"delay_seconds\":15.0,\"interval_seconds\":10.0,"
                                + "\"timeout_seconds\":20.0,\"consecutive_failures\":3,"
                                + "\"grace_period_seconds\":10.0}");
        assertThat(written(FrameworkInfo.newBuilder().setUser("u").setName("n").build()))
                .isEqualTo(
                        "{\"user\":\"u\",\"name\":\"n\",\"failover_timeout\":0.0,"
                                + "\"checkpoint\":false}");
    }

    @Test
    void writesWhatIsSetInPlaceOfADefault() {
        assertThat(written(Filters.newBuilder().setRefuseSeconds(0).build()))
                .isEqualTo("{\"refuse_seconds\":0.0}");
        assertThat(written(CommandInfo.newBuilder().setShell(false).build()))
                .isEqualTo("{\"shell\":false}");
    }

    @Test
    void writes64BitIntegersAsNumbers() {
        assertThat(written(TimeInfo.newBuilder().setNanoseconds(Long.MIN_VALUE).build()))
                .isEqualTo("{\"nanoseconds\":-9223372036854775808}");
        assertThat(written(TimeInfo.newBuilder().setNanoseconds(Long.MAX_VALUE).build()))
                .isEqualTo("{\"nanoseconds\":9223372036854775807}");
        assertThat(written(RateLimit.newBuilder().setPrincipal("p").setCapacity(-1).build()))
                .isEqualTo("{\"principal\":\"p\",\"capacity\":18446744073709551615}");
        assertThat(written(Event.Failure.newBuilder().setStatus(-9).build()))
                .isEqualTo("{\"status\":-9}");
        assertThat(written(HealthCheck.HTTPCheckInfo.newBuilder().setPort(-1).build()))
                .isEqualTo("{\"port\":4294967295,\"protocol\":\"IPv4\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-64, -64.0",
        "0.1, 0.1",
        "1795354866.979755, 1795354866.979755",
        "0.001, 0.001",
        "0.0001, 0.0001",
        "0.00000125, 0.00000125",
        "1e-6, 0.000001",
        "1e-7, 1e-7",
        "-1.5e-9, -1.5e-9",
        "12345678.5, 12345678.5",
        "1e15, 1000000000000000.0",
        "1.5e15, 1500000000000000.0",
        "123456789012345680000, 123456789012345680000.0",
        "1e20, 100000000000000000000.0",
        "1e21, 1e21",
        "-1.25e30, -1.25e30",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "4.9e-324, 4.9e-324",
    })
    void writesDoublesInTheFewestDigits(double value, String text) {
        var metric = Metric.newBuilder().setName("m").setValue(value).build();

        assertThat(written(metric)).isEqualTo("{\"name\":\"m\",\"value\":" + text + "}");
    }

    @Test
    void writesInfinitiesAsTexts() {
        assertThat(written(scalar(Double.POSITIVE_INFINITY))).isEqualTo("{\"value\":\"Infinity\"}");
        assertThat(written(scalar(Double.NEGATIVE_INFINITY)))
                .isEqualTo("{\"value\":\"-Infinity\"}");
    }

    @Test
    void writesBytesInBase64() {
        var bytes = new byte[] {-5, -16, 1, 2};

        assertThat(written(UUID.newBuilder().setValue(ByteString.copyFrom(bytes)).build()))
                .isEqualTo("{\"value\":\"+/ABAg==\"}");
    }

    @Test
    void writesMapsAsObjects() {
        var config =
                QuotaConfig.newBuilder()
                        .setRole("r")
                        .putLimits("cpus", scalar(2))
                        .putLimits("m\"m", scalar(1.5))
                        .build();

        assertThat(JsonTree.of(MesosJson.write(config)))
                .isEqualTo(
                        JsonTree.of(
                                "{\"role\":\"r\",\"limits\":{\"cpus\":{\"value\":2.0},"
                                        + "\"m\\\"m\":{\"value\":1.5}}}"));
    }

    @Test
    void escapesOnlyWhatItMust() {
        assertThat(written(label("a/b\"c\\d\b\f\n\r\t\u0001\u001f\u007f")))
                .isEqualTo("{\"key\":\"a/b\\\"c\\\\d\\b\\f\\n\\r\\t\\u0001\\u001F\u007f\"}");
        assertThat(written(label("é\"中😀\n\u2028"))).isEqualTo("{\"key\":\"é\\\"中😀\\n\u2028\"}");
    }

    @Test
    void replacesBytesThatAreNotUtf8() {
        var wire = ByteString.copyFrom(new byte[] {10, 3, 'a', (byte) 0xff, 'b'});

        assertThat(written(TaskID.newBuilder().setValueBytes(wire.substring(2)).build()))
                .isEqualTo("{\"value\":\"a\ufffdb\"}");
    }

    @Test
    void leavesOutWhatItDoesNotKnow() {
        var unknown =
                UnknownFieldSet.newBuilder()
                        .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(77).build())
                        .addField(900, UnknownFieldSet.Field.newBuilder().addFixed64(1).build())
                        .addField(
                                901,
                                UnknownFieldSet.Field.newBuilder()
                                        .addGroup(UnknownFieldSet.getDefaultInstance())
                                        .addFixed32(1)
                                        .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                        .build())
                        .build();
        var event =
                Event.newBuilder()
                        .setError(Event.Error.newBuilder().setMessage("e"))
                        .setUnknownFields(unknown)
                        .build();

        assertThat(written(event)).isEqualTo("{\"error\":{\"message\":\"e\"}}");
    }

    @Test
    void writesNestedMessagesOfTheSameType() {
        var inner = ContainerID.newBuilder().setValue("a");
        var outer = ContainerID.newBuilder().setValue("b").setParent(inner).build();

        assertThat(written(outer)).isEqualTo("{\"value\":\"b\",\"parent\":{\"value\":\"a\"}}");
    }

    @Test
    void writesADurationLikeAnyOtherMessage() {
        assertThat(written(Duration.newBuilder().setSeconds(5).setNanos(7).build()))
                .isEqualTo("{\"seconds\":5,\"nanos\":7}");
    }

    @Test
    void writesToAStream() throws IOException {
        var out = new ByteArrayOutputStream();

        MesosJson.write(label("k"), out);

        assertThat(out).hasToString("{\"key\":\"k\"}");
    }

    private static Value.Scalar scalar(double value) {
        return Value.Scalar.newBuilder().setValue(value).build();
    }

    private static Label label(String key) {
        return Label.newBuilder().setKey(key).build();
    }

    private static String written(Message message) {
        return new String(MesosJson.write(message), UTF_8);
    }
}
