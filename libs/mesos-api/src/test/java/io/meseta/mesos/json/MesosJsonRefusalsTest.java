package io.meseta.mesos.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.Volume;
import io.meseta.mesos.v1.quota.QuotaConfig;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is no message, and in which words that is said.
final class MesosJsonRefusalsTest extends JsonReadingScene {

    private static final io.meseta.mesos.v1.master.Call OPERATOR_CALL =
            io.meseta.mesos.v1.master.Call.getDefaultInstance();

    /// It has no UTF-8: two ids that differ in memory would be one in the journal.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "a\\udc00",
                "\\ud800x",
                "\\ud800\\ud800",
                "\\ud800\\n",
                "\\udc00\\ud800"
            })
    void refusesHalfASurrogatePair(String text) {
        var value = "{\"framework_id\":{\"value\":\"" + text + "\"}}";
        var name = "{\"" + text + "\":1}";
        var bytes = "{\"type\":\"???\"}".getBytes(UTF_8);
        bytes[9] = (byte) 0xed;
        bytes[10] = (byte) 0xa0;
        bytes[11] = (byte) 0x80;

        for (var json : java.util.List.of(value.getBytes(UTF_8), name.getBytes(UTF_8), bytes))
            assertThat(
                            catchThrowableOfType(
                                    MalformedJson.class,
                                    () -> MesosJson.read(json, CALL, JsonLimits.DEFAULT)))
                    .hasMessageStartingWith("syntax error at line 1 near: ");
    }

    @Test
    void refusesAnUnknownValueOfARequiredEnum() {
        assertThat(
                        misshapen(
                                "{\"container_path\":\"c\",\"mode\":\"XX\"}",
                                Volume.getDefaultInstance()))
                .hasMessage("Failed to find enum for 'XX'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "4294967296", "99999999999999999999", "1e300", "1e999999999"})
    void refusesNumbersOutOfRange(String number) {
        assertThat(
                        misshapen(
                                "{\"port\":" + number + "}",
                                HealthCheck.HTTPCheckInfo.getDefaultInstance()))
                .hasMessage("The number for field 'port' is out of range");
        assertThat(misshapen("{\"name\":\"m\",\"value\":1e400}", METRIC))
                .hasMessage("The number for field 'value' is out of range");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":1} | Not expecting a JSON number for field 'type'",
                "{\"type\":1.0} | Not expecting a JSON number for field 'type'",
                "{\"type\":true} | Not expecting a JSON boolean for field 'type'",
                "{\"type\":{}} | Not expecting a JSON object for field 'type'",
                "{\"type\":[\"GET_HEALTH\"]} | Not expecting a JSON array for field 'type'",
                "{\"list_files\":{\"path\":5}} | Not expecting a JSON number for field 'path'",
                "{\"get_metrics\":[]} | Not expecting a JSON array for field 'get_metrics'",
                "{\"get_metrics\":\"5s\"} | Not expecting a JSON string for field 'get_metrics'",
                "{\"update_weights\":{\"weight_infos\":[[]]}} | "
                        + "Not expecting a JSON array for field 'weight_infos'",
                "{\"set_logging_level\":{\"level\":\"abc\"}} | Failed to parse 'abc' as a JSON"
                        + " number for field 'level': syntax error at line 1 near: abc",
                "{\"set_logging_level\":{\"level\":\"\"}} | Failed to parse '' as a JSON number"
                        + " for field 'level': syntax error at line 1 near: ",
                "{\"set_logging_level\":{\"level\":\"true\"}} | Failed to parse 'true' as a JSON"
                        + " number for field 'level': Unexpected JSON type parsed",
                "{\"set_logging_level\":{\"level\":\"1 2\"}} | Failed to parse '1 2' as a JSON"
                        + " number for field 'level': Parsed JSON included non-whitespace"
                        + " trailing characters:  2",
                "[] | Expecting a JSON object",
                "1 | Expecting a JSON object",
                "null | Expecting a JSON object",
                "\"x\" | Expecting a JSON object",
            })
    void namesTheFieldThatIsMisshapen(String json, String complaint) {
        assertThat(misshapen(json, OPERATOR_CALL)).message().isEqualToIgnoringWhitespace(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"subscribe\":{}} | subscribe.framework_info",
                "{\"subscribe\":{\"framework_info\":{\"user\":\"u\"}}} |"
                        + " subscribe.framework_info.name",
                "{\"shutdown\":{}} | shutdown.executor_id, shutdown.agent_id",
                "{\"accept\":{\"operations\":[{},{\"launch\":{\"task_infos\":[{\"name\":\"t\","
                        + "\"task_id\":{\"value\":\"t\"},\"agent_id\":{\"value\":\"a\"},"
                        + "\"health_check\":{\"http\":{}}}]}}]}} |"
                        + " accept.operations[1].launch.task_infos[0].health_check.http.port",
            })
    void namesRequiredFieldsThatAreMissing(String json, String fields) {
        assertThat(misshapen(json, CALL)).hasMessage("Missing required fields: " + fields);
    }

    @Test
    void looksForMissingFieldsInMapsToo() {
        var json = "{\"role\":\"r\",\"limits\":{\"cpus\":{}}}";

        assertThat(misshapen(json, QuotaConfig.getDefaultInstance()))
                .hasMessage("Missing required fields: limits[0].value.value");
    }

    @Test
    void namesOnlySoManyMissingFields() {
        var json = "{\"accept\":{\"offer_ids\":[" + "{},".repeat(999) + "{}]}}";

        assertThat(misshapen(json, CALL).getMessage())
                .endsWith("accept.offer_ids[19].value")
                .hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "``|syntax error at line 1 near: ",
                "{|syntax error at line 1 near: ",
                "xx|syntax error at line 1 near: xx",
                "{\"type\":\"GET_HEALTH\",}|syntax error at line 1 near: }",
                "{'type':'GET_HEALTH'}|syntax error at line 1 near: 'type':'GET_HEALTH'}",
                "{\"list_files\":{\"path\":\"\\q\"}}|syntax error at line 1 near: \"}}",
                "{\"type\":NaN}|syntax error at line 1 near: NaN}",
                "{\"type\":nan}|syntax error at line 1 near: an}",
                "{\"type\":\"A\"} xyz|Parsed JSON included non-whitespace trailing characters: "
                        + " xyz",
                "{}{}|Parsed JSON included non-whitespace trailing characters: {}",
                "{\"type\" 1}|syntax error at line 1 near: 1}",
                "{\"type\":\"\\u12g4\"}|syntax error at line 1 near: g4\"}",
                "[1 2]|syntax error at line 1 near: 2]",
                "{\"a\":01}|syntax error at line 1 near: }",
                "{\"a\":-}|syntax error at line 1 near: }",
                // Broken text comes before wrong shape, wherever it is.
                "{\"type\":1,\"x\":}|syntax error at line 1 near: }",
                "[1]]|Parsed JSON included non-whitespace trailing characters: ]",
            })
    void saysWhereATextIsNotJson(String json, String complaint) {
        var unreadable = refused(json.getBytes(UTF_8), OPERATOR_CALL, JsonLimits.DEFAULT);

        assertThat(unreadable).isInstanceOf(MalformedJson.class).hasMessage(complaint);
    }

    @Test
    void countsLinesAndShortensWhatItQuotes() {
        var json = "{\n\"type\":\n " + "x".repeat(1000) + "\n}";

        assertThat(refused(json.getBytes(UTF_8), CALL, JsonLimits.DEFAULT))
                .isInstanceOf(MalformedJson.class)
                .hasMessage("syntax error at line 3 near: " + "x".repeat(200));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        var json = new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};

        assertThat(refused(json, CALL, JsonLimits.DEFAULT)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void keepsToItsLimits() throws UnreadableJson {
        var limits = new JsonLimits(60, 3, 8, 6);

        read("{\"x\":[[1234.5]]}", CALL, limits);
        read("{\"framewor\":\"12345678\"}", CALL, limits);
        assertThat(broken("{\"x\":\"" + "12345678".repeat(8) + "\"}", limits))
                .isEqualTo(OversizedJson.Limit.BODY);
        assertThat(broken("{\"x\":[[[]]]}", limits)).isEqualTo(OversizedJson.Limit.DEPTH);
        assertThat(broken("{\"kill\":{\"x\":{\"y\":{}}}}", limits))
                .isEqualTo(OversizedJson.Limit.DEPTH);
        assertThat(broken("[[[[", limits)).isEqualTo(OversizedJson.Limit.DEPTH);
        assertThat(broken("{\"x\":\"123456789\"}", limits)).isEqualTo(OversizedJson.Limit.STRING);
        assertThat(broken("{\"123456789\":1}", limits)).isEqualTo(OversizedJson.Limit.STRING);
        assertThat(broken("{\"x\":1234567}", limits)).isEqualTo(OversizedJson.Limit.NUMBER);
        assertThat(broken("{\"x\":1.23456}", limits)).isEqualTo(OversizedJson.Limit.NUMBER);
    }

    @Test
    void countsTheLengthOfQuotedNumbersToo() {
        var limits = new JsonLimits(100, 9, 50, 6);
        var json = "{\"name\":\"m\",\"value\":\"1234567\"}".getBytes(UTF_8);

        assertThat(refused(json, METRIC, limits))
                .isInstanceOf(OversizedJson.class)
                .hasMessage("A number is longer than 6 characters");
    }

    @Test
    void refusesBottomlessBodiesWithoutOverflowingItsStack() {
        var arrays = new byte[JsonLimits.DEFAULT.bytesMax()];
        Arrays.fill(arrays, (byte) '[');
        var objects = "{\"framework_id\":".repeat(100_000).getBytes(UTF_8);

        assertThat(refused(arrays, CALL, JsonLimits.DEFAULT)).isInstanceOf(OversizedJson.class);
        assertThat(refused(objects, CALL, JsonLimits.DEFAULT)).isInstanceOf(OversizedJson.class);
    }

    private static OversizedJson.Limit broken(String json, JsonLimits limits) {
        var unreadable = refused(json.getBytes(UTF_8), CALL, limits);
        assertThat(unreadable).isInstanceOf(OversizedJson.class);
        return ((OversizedJson) unreadable).limit();
    }
}
