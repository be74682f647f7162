package io.meseta.gateway.wiring;

import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.services.Balance;
import io.meseta.gateway.sessions.SessionsConfiguration;
import io.meseta.platform.credentials.OwnToken;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// What the ways lead over: the data path, the masters, the catalogue.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
public class WayWiring {

    @Bean(initMethod = "start")
    Forwarder forwarder(GatewayProperties settings, MeterRegistry meters) {
        var forwarder = new Forwarder(settings.forward().limits());
        Gauge.builder("meseta.gateway.tunnels", forwarder, Forwarder::tunnels)
                .description("WebSockets that are open")
                .register(meters);
        return forwarder;
    }

    @Bean(initMethod = "start")
    Masters masters(GatewayProperties settings, OwnToken own, MeterRegistry meters) {
        var masters = new Masters(settings.masters(), settings.probeInterval(), own::header);
        Gauge.builder("meseta.gateway.leader", masters, each -> each.leader().isPresent() ? 1 : 0)
                .description("1 while a leading master is known")
                .register(meters);
        return masters;
    }

    @Bean(initMethod = "start")
    CatalogueFollower catalogueFollower(
            GatewayProperties settings,
            Masters masters,
            OwnToken own,
            JsonMapper mapper,
            MeterRegistry meters) {
        var guide =
                new CatalogueFollower.Guide(
                        masters::leader, own::header, masters::doubt, own::refused);
        var follower =
                new CatalogueFollower(
                        guide, mapper, settings.staleAfter(), settings.eventMax().toBytes());
        Gauge.builder("meseta.gateway.catalogue.fresh", follower, each -> each.isFresh() ? 1 : 0)
                .description("1 while the gateway knows which instances are up")
                .register(meters);
        Gauge.builder(
                        "meseta.gateway.catalogue.services",
                        follower,
                        each -> each.current().services().size())
                .description("Names that are served")
                .register(meters);
        return follower;
    }

    @Bean
    Balance balance(GatewayProperties settings) {
        return new Balance(settings.passOver());
    }

    @Bean
    SessionsConfiguration.SessionsMax sessionsMax(GatewayProperties settings) {
        return settings.session().max();
    }
}
