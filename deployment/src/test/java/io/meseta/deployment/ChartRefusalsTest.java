package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartRefusalsTest {

    @TempDir Path scratch;

    @Test
    void wantsToHearThatItIsOpen() throws IOException {
        var chart = Chart.with(scratch, "{}");

        assertThatThrownBy(chart::render)
                .hasMessageContaining("cannot authenticate anyone yet")
                .hasMessageContaining("set open=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open: true|database.url is needed",
                "{open: true, database: {url: 'jdbc:postgresql://h/d'}}|existingSecret is needed",
                "{open: true, replicas: 2}|masters in several pods cannot know each other",
                "{open: true, master: {port: 5051}}|the two share one loopback",
            })
    void saysWhatIsMissing(String values, String said) throws IOException {
        var chart = Chart.with(scratch, values);

        assertThatThrownBy(chart::render).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{replica: 1}|replica",
                "{replicas: 0}|replicas",
                "{open: sure}|open",
                "{database: {password: x}}|password",
                "{database: {url: 'jdbc:postgresql://u:p@h/d'}}|url",
                "{database: {url: 'jdbc:postgresql://h/d?user=a&password=b'}}|url",
                "{database: {url: 'jdbc:mysql://h/d'}}|url",
                "{database: {existingSecret: 'No Name'}}|existingSecret",
                "{database: {wait: soon}}|wait",
                "{master: {image: {tag: latest}}}|tag",
                "{master: {image: {digest: sha256:short}}}|digest",
                "{master: {image: {pullPolicy: Sometimes}}}|pullPolicy",
                "{master: {port: 80}}|port",
                "{master: {settings: {lease: 3}}}|lease",
                "{master: {settings: {'--lease': 3s}}}|lease",
                "{master: {resources: {limits: {memory: lots}}}}|memory",
                "{agent: {offers: {cpus: 0}}}|cpus",
                "{agent: {offers: {ports: all}}}|ports",
                "{agent: {privileged: true}}|privileged",
                "{agent: {persistence: {accessMode: ReadWriteMany}}}|accessMode",
                "{networkPolicy: {databasePort: 70000}}|databasePort",
                "{podDisruptionBudget: {maxUnavailable: 2}}|maxUnavailable",
                "{imagePullSecrets: [pull]}|imagePullSecrets",
                "{podAnnotations: {count: 3}}|podAnnotations",
            })
    void refusesAValueByItsName(String values, String name) throws IOException {
        var chart = Chart.with(scratch, "open: true\n");
        var wrong = Chart.with(scratch, values);

        assertThatThrownBy(chart::render).hasMessageNotContaining("schema");
        assertThatThrownBy(wrong::render).hasMessageContaining("schema").hasMessageContaining(name);
    }
}
