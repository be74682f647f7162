package io.meseta.gateway.door;

import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.gateway.forwarding.Upstream;
import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.services.ServiceCalls;
import io.meseta.gateway.sessions.Sessions;
import io.meseta.platform.credentials.AuthProperties;
import io.meseta.platform.credentials.OwnToken;
import io.meseta.platform.identity.Authenticator;
import io.meseta.platform.open.OpenModeProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Puts the door before the servlet container.
@Configuration(proxyBeanMethods = false)
public class DoorConfiguration {

    @Bean
    Answers doorAnswers(JsonMapper mapper) {
        return new Answers(mapper);
    }

    @Bean
    Identification identification(Authenticator authenticator, ObjectProvider<Sessions> sessions) {
        return new Identification(authenticator, Optional.ofNullable(sessions.getIfAvailable()));
    }

    @Bean
    ControlPlane controlPlane(
            Masters masters,
            CatalogueFollower catalogue,
            AuthProperties auth,
            Forwarder forwarder,
            Answers answers,
            OwnToken own) {
        var authService = Optional.ofNullable(auth.url()).map(Upstream::of);
        return new ControlPlane(masters, catalogue, authService, forwarder, answers, own);
    }

    @Bean
    AccessLog accessLog(MeterRegistry meters, LogRule rule) {
        return new AccessLog(meters, rule.isWritten());
    }

    /// Whether each request gets a line.
    public record LogRule(boolean isWritten) {}

    @Bean
    Door door(
            Identification identification,
            ControlPlane controlPlane,
            ServiceCalls services,
            Answers answers,
            AccessLog log,
            OpenModeProperties mode) {
        return new Door(identification, controlPlane, services, answers, log, mode.open());
    }

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> doorFirst(Door door) {
        return factory -> factory.addServerCustomizers(server -> putFirst(door, server));
    }

    private static void putFirst(Door door, Server server) {
        door.setHandler(server.getHandler());
        server.setHandler(door);
    }
}
