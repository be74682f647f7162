package io.meseta.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KnownSettingsTest {

    @Test
    void readsThemOutOfTheSources() throws IOException {
        assertThat(KnownSettings.of("master").names())
                .contains(
                        "meseta.open",
                        "meseta.auth.url",
                        "meseta.auth.trust-file",
                        "meseta.master.lease",
                        "meseta.master.advertise.host",
                        "meseta.master.terms.agent-silence-max",
                        "meseta.master.links.heartbeat-interval")
                .doesNotContain("meseta.master.terms", "meseta.auth.seal-file");
        assertThat(KnownSettings.of("auth").names())
                .contains("meseta.auth.seal-file", "meseta.auth.lifetimes.token");
    }

    @Test
    void namesWhatAServiceWouldStumbleOver() throws IOException {
        var known = KnownSettings.of("gateway");

        assertThat(
                        known.unknownArguments(
                                List.of(
                                        "--server.port=8080",
                                        "--meseta.gateway.masters=http://m:5050",
                                        "--meseta.gateway.master=http://m:5050",
                                        "--meseta.gateway.forward=x",
                                        "secrets")))
                .containsExactly(
                        "--meseta.gateway.master=http://m:5050",
                        "--meseta.gateway.forward=x",
                        "secrets");
        assertThat(known.knowsVariable("MESETA_GATEWAY_PROBEINTERVAL")).isTrue();
        assertThat(known.knowsVariable("MESETA_GATEWAY_PROBE")).isFalse();
    }
}
