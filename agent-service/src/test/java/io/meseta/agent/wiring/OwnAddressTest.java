package io.meseta.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.platform.start.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnAddressTest {

    @Test
    void isWhatTheServerIsBoundTo() {
        assertThat(OwnAddress.of("127.0.0.2", "")).isEqualTo("127.0.0.2");
        assertThat(OwnAddress.of("localhost", "node-1")).isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "0:0:0:0:0:0:0:0"})
    void isTheHostsWhenTheServerIsBoundToAll(String wildcard) {
        assertThat(OwnAddress.of(wildcard, "127.0.0.3")).isEqualTo("127.0.0.3");
        assertThat(OwnAddress.of(wildcard, "no-such-host.invalid")).isNotEqualTo(wildcard);
        assertThatThrownBy(() -> OwnAddress.of(wildcard, ""))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--meseta.agent.hostname");
    }
}
