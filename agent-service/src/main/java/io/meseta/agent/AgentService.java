package io.meseta.agent;

import io.meseta.agent.executors.ExecutorsConfiguration;
import io.meseta.agent.operator.OperatorConfiguration;
import io.meseta.agent.wiring.AgentConfiguration;
import io.meseta.agent.wiring.Carriers;
import io.meseta.agent.wiring.ContainersConfiguration;
import io.meseta.agent.wiring.OpenApiConfiguration;
import io.meseta.agent.wiring.QuotasConfiguration;
import io.meseta.agent.wiring.RoundsConfiguration;
import io.meseta.platform.PlatformConfiguration;
import io.meseta.platform.start.ServiceStart;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The agent's process.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    PlatformConfiguration.class,
    AgentConfiguration.class,
    OpenApiConfiguration.class,
    OperatorConfiguration.class,
    ExecutorsConfiguration.class,
    ContainersConfiguration.class,
    QuotasConfiguration.class,
    RoundsConfiguration.class
})
public class AgentService {

    public static void main(String[] args) {
        Carriers.provide();
        ServiceStart.main(AgentService.class, args);
    }
}
