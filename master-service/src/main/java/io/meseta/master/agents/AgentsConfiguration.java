package io.meseta.master.agents;

import io.meseta.master.doors.CallCounts;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.links.Links;
import io.meseta.master.rights.Rights;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The agent link.
@Configuration(proxyBeanMethods = false)
public class AgentsConfiguration {

    @Bean
    AgentLinkController agentLinkController(
            LeaderDoor door,
            CallReader reader,
            Links links,
            Leadership leadership,
            CallCounts counts,
            Rights rights) {
        return new AgentLinkController(
                new AgentLinkApi(
                        door, reader, links, new AgentAnswers(leadership), counts, rights));
    }
}
