package io.meseta.platform.server;

import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Jetty's settings that no property reaches. Those that have one are in the defaults of
/// `settings`.
@Configuration(proxyBeanMethods = false)
public class ServerConfiguration {

    /// Connections that may wait to be accepted: all frameworks of a cluster come back at once
    /// after a takeover.
    private static final int ACCEPT_QUEUE = 1024;

    /// `//` in a path, which several clients send; all other doubtful paths stay refused.
    private static final UriCompliance PATHS =
            UriCompliance.DEFAULT.with("MESETA", UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT);

    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> jettyForOurClients() {
        return factory -> factory.addServerCustomizers(ServerConfiguration::tune);
    }

    @Bean
    FilterRegistrationBean<TidyPathFilter> tidyPathFilter() {
        var filter = new FilterRegistrationBean<>(new TidyPathFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return filter;
    }

    private static void tune(Server server) {
        server.setErrorHandler(new PlainErrors());
        for (var connector : server.getConnectors()) {
            if (connector instanceof ServerConnector tcp) tcp.setAcceptQueueSize(ACCEPT_QUEUE);
            for (var protocol : connector.getConnectionFactories()) {
                if (protocol instanceof HttpConfiguration.ConnectionFactory http) {
                    http.getHttpConfiguration().setUriCompliance(PATHS);
                    http.getHttpConfiguration().setSendServerVersion(false);
                    // Or `APPLICATION/JSON` would arrive here as `application/json`.
                    http.getHttpConfiguration().setHeaderCacheCaseSensitive(true);
                }
            }
        }
        // The servlet API itself refuses such paths again unless told otherwise.
        for (var handler : server.getDescendants(ServletHandler.class)) {
            handler.setDecodeAmbiguousURIs(true);
        }
    }
}
