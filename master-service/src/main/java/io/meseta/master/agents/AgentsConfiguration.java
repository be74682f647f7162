package io.meseta.master.agents;

import io.meseta.master.about.Self;
import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.Links;
import io.meseta.master.links.LinksProperties;
import io.meseta.master.rights.Rights;
import io.meseta.platform.direct.DirectRoute;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The agent link.
@Configuration(proxyBeanMethods = false)
public class AgentsConfiguration {

    /// A question that waits is asked again after this time, so that one which was lost on its way
    /// is not waited for much longer.
    private static final Duration VIGIL = Duration.ofSeconds(20);

    @Bean
    Vigil vigil(Leadership leadership, LinksProperties limits, MeterRegistry meters) {
        var vigil = new Vigil(leadership, VIGIL, limits.agentsMax());
        Gauge.builder("meseta.master.agents.waiting", vigil, Vigil::waiting)
                .description("Agents that wait here to hear of the next leader")
                .register(meters);
        return vigil;
    }

    @Bean
    VigilController vigilController(Vigil vigil) {
        return new VigilController(vigil);
    }

    @Bean
    AgentAnswers agentAnswers(Leadership leadership, Self self) {
        return new AgentAnswers(leadership, Domains.of(self));
    }

    /// Beside Spring's routes, since all of a cluster's agents and tasks report here.
    @Bean
    DirectRoute agentLinkRoute(
            LeaderDoor door,
            CallReader reader,
            Links links,
            AgentAnswers answers,
            CallCounts counts,
            Rights rights) {
        var api = new AgentLinkApi(door, reader, links, answers, counts, rights);
        return new DirectRoute(
                List.of("/api/meseta/v1/agent-link"),
                "An agent registers as itself, and stays with the principal that it came as.",
                (request, response) -> api.answer(new Exchange(request, response)));
    }
}
