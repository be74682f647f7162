package io.meseta.agent.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class AgentFlagsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sayAsMesosDoesWhetherCallersAreAskedWhoTheyAre(boolean isOpen) {
        assertThat(AgentFlags.of(properties(), isOpen, "cpus:1", "here", "5051"))
                .containsEntry("authenticate_http_readonly", "" + !isOpen)
                .containsEntry("authenticate_http_readwrite", "" + !isOpen);
    }

    @Test
    void bearTheNamesOfMesos() {
        assertThat(AgentFlags.of(properties(), true, "cpus:1", "here", "5051"))
                .containsEntry("resources", "cpus:1")
                .containsEntry("hostname", "here")
                .containsEntry("port", "5051")
                .containsEntry("work_dir", "/nowhere");
    }

    private static AgentProperties properties() {
        var settings = Map.of("meseta.agent.work-dir", "/nowhere");
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("meseta.agent", AgentProperties.class);
    }
}
