package io.meseta.master.doors;

import io.meseta.master.leadership.Leadership;
import io.meseta.platform.bodies.BodyReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the rooms with endpoints share.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DoorsProperties.class)
public class DoorsConfiguration {

    @Bean
    CallReader callReader(DoorsProperties properties) {
        return new CallReader(
                new BodyReader((int) properties.bodyMax().toBytes(), properties.bodyTimeMax()));
    }

    @Bean
    LeaderDoor leaderDoor(Leadership leadership) {
        return new LeaderDoor(leadership);
    }

    @Bean
    LedAnswers ledAnswers(Leadership leadership) {
        return new LedAnswers(leadership);
    }

    @Bean
    CallCounts callCounts(MeterRegistry meters) {
        return new CallCounts(meters);
    }

    @Bean
    ReaderLimit readerLimit(DoorsProperties properties) {
        return new ReaderLimit(properties.readersMax());
    }

    /// Jetty knows common header values by heart and hands out its own spelling of them; but to
    /// Mesos `APPLICATION/JSON` is another type than `application/json`.
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> headersToTheLetter() {
        return factory -> factory.addServerCustomizers(DoorsConfiguration::keepSpelling);
    }

    private static void keepSpelling(Server server) {
        for (var connector : server.getConnectors())
            for (var protocol : connector.getConnectionFactories())
                if (protocol instanceof HttpConfiguration.ConnectionFactory http)
                    http.getHttpConfiguration().setHeaderCacheCaseSensitive(true);
    }

    @Bean
    UnknownRoutes unknownRoutes() {
        return new UnknownRoutes();
    }
}
