package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdsTest {

    private final Play play = new Play();

    @Test
    void givesNoFrameworkAnIdThatAnotherHasBrought() {
        var brought = new FrameworkId("M1-0001");
        play.subscribe(Optional.of(brought), Play.profile(Duration.ZERO));

        var given = play.framework();

        assertThat(given).isNotEqualTo(brought);
        assertThat(play.cluster().frameworks()).hasSize(2);
    }

    @Test
    void givesNoAgentAnIdThatAnotherHasBrought() {
        var brought = new AgentId("M1-S1");
        play.greet(Optional.of(brought), Play.agentWith("cpus:1;mem:64"), 0);

        var given = play.agent("cpus:1;mem:64");

        assertThat(given).isNotEqualTo(brought);
        assertThat(play.cluster().agents()).hasSize(2);
    }
}
