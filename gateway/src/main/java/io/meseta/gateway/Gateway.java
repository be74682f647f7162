package io.meseta.gateway;

import io.meseta.gateway.console.ConsoleConfiguration;
import io.meseta.gateway.services.ServicesConfiguration;
import io.meseta.gateway.sessions.SessionsConfiguration;
import io.meseta.gateway.wiring.DoorWiring;
import io.meseta.gateway.wiring.WayWiring;
import io.meseta.platform.PlatformConfiguration;
import io.meseta.platform.start.ServiceStart;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The gateway: one address for the cluster's API, its console and the microservices on it.
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({
    PlatformConfiguration.class,
    WayWiring.class,
    SessionsConfiguration.class,
    ServicesConfiguration.class,
    ConsoleConfiguration.class,
    DoorWiring.class
})
public class Gateway {

    public static void main(String[] args) {
        ServiceStart.main(Gateway.class, args);
    }
}
