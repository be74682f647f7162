package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartRefusalsTest {

    @TempDir Path scratch;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|url is needed",
                "{database: {master: {url: 'jdbc:postgresql://h/d', existingSecret: s}}}"
                        + "|database.auth.url is needed",
                "{database: {master: {url: 'jdbc:postgresql://h/d'},"
                        + " auth: {url: 'jdbc:postgresql://h/e', existingSecret: s}}}"
                        + "|database.master.existingSecret is needed",
            })
    void saysWhatIsMissing(String values, String said) throws IOException {
        var chart = Chart.with(scratch, values);

        assertThatThrownBy(chart::render).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{open: true}|open",
                "{replicas: 1}|replicas",
                "{url: meseta.example.org}|url",
                "{url: 'https://meseta.example.org/door'}|url",
                "{secrets: {name: 'No Name'}}|name",
                "{secrets: {password: x}}|password",
                "{database: {password: x}}|password",
                "{database: {master: {url: 'jdbc:postgresql://u:p@h/d'}}}|url",
                "{database: {auth: {url: 'jdbc:postgresql://h/d?user=a&password=b'}}}|url",
                "{database: {auth: {url: 'jdbc:mysql://h/d'}}}|url",
                "{database: {auth: {existingSecret: 'No Name'}}}|existingSecret",
                "{database: {wait: soon}}|wait",
                "{postgresql: {enabled: perhaps}}|enabled",
                "{postgresql: {uid: 0}}|uid",
                "{auth: {replicas: 0}}|replicas",
                "{master: {replicas: 10}}|replicas",
                "{master: {image: {tag: latest}}}|tag",
                "{master: {image: {digest: sha256:short}}}|digest",
                "{master: {image: {pullPolicy: Sometimes}}}|pullPolicy",
                "{master: {settings: {lease: 3}}}|lease",
                "{master: {settings: {'--lease': 3s}}}|lease",
                "{master: {settings: {advertise.host: h}}}|advertise.host",
                "{auth: {settings: {authority: 'false'}}}|authority",
                "{gateway: {settings: {masters: 'http://m'}}}|masters",
                "{gateway: {service: {type: ExternalName}}}|type",
                "{master: {resources: {limits: {memory: lots}}}}|memory",
                "{agent: {offers: {cpus: 0}}}|cpus",
                "{agent: {offers: {ports: all}}}|ports",
                "{agent: {privileged: true}}|privileged",
                "{agent: {persistence: {accessMode: ReadWriteMany}}}|accessMode",
                "{networkPolicies: {databasePort: 70000}}|databasePort",
                "{podDisruptionBudgets: {agentsUnavailable: -1}}|agentsUnavailable",
                "{imagePullSecrets: [pull]}|imagePullSecrets",
                "{podAnnotations: {count: 3}}|podAnnotations",
            })
    void refusesAValueByItsName(String values, String name) throws IOException {
        var chart = Chart.with(scratch, "{}");
        var wrong = Chart.with(scratch, values);

        assertThatThrownBy(chart::render).hasMessageNotContaining("schema");
        assertThatThrownBy(wrong::render).hasMessageContaining("schema").hasMessageContaining(name);
    }
}
