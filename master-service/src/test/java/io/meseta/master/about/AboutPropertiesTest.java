package io.meseta.master.about;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Pins names and defaults: they are a promise to whoever wrote a configuration.
final class AboutPropertiesTest {

    @Test
    void hasItsNamesAndDefaults() {
        assertThat(bound(Map.of())).isEqualTo(new AboutProperties("127.0.0.1", 0, null, "", false));
        assertThat(
                        bound(
                                Map.of(
                                        "meseta.master.advertise.host", "master.example",
                                        "meseta.master.advertise.port", "80",
                                        "meseta.master.advertise.cluster", "east",
                                        "meseta.master.advertise.domain", "here/z1",
                                        "meseta.master.advertise.require-agent-domain", "true")))
                .isEqualTo(new AboutProperties("master.example", 80, "east", "here/z1", true));
    }

    @Test
    void refusesWhatCannotWork() {
        refuses("meseta.master.advertise.port", "70000");
        refuses("meseta.master.advertise.host", " ");
        refuses("meseta.master.advertise.domain", "here");
    }

    @Test
    void saysAsMesosDoesWhetherCallersAreAskedWhoTheyAre() {
        for (boolean isOpen : new boolean[] {true, false}) {
            assertThat(AboutConfiguration.flags(bound(Map.of()), isOpen))
                    .containsEntry("authenticate_agents", "" + !isOpen)
                    .containsEntry("authenticate_http_frameworks", "" + !isOpen)
                    .containsEntry("authenticate_http_readonly", "" + !isOpen)
                    .containsEntry("authenticate_http_readwrite", "" + !isOpen);
        }
    }

    private static void refuses(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of(name, value)))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining(name);
    }

    private static AboutProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.master.advertise", AboutProperties.class);
    }
}
