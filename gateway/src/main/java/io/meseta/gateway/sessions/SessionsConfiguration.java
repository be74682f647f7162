package io.meseta.gateway.sessions;

import io.meseta.authorization.Subject;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.credentials.AuthProperties;
import io.meseta.platform.credentials.OwnToken;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Sessions at browsers; none in open mode, where nobody signs in.
@Configuration(proxyBeanMethods = false)
public class SessionsConfiguration {

    /// Of how many browsers a token is remembered.
    public record SessionsMax(int count) {}

    @Bean
    @ConditionalOnProperty("meseta.auth.url")
    Sessions sessions(
            AuthProperties auth,
            OwnToken own,
            SessionsMax max,
            JsonMapper mapper,
            MeterRegistry meters) {
        var clock = InstantSource.system();
        var signIn = new SignIn(auth.at(""), own::headerIfAny, mapper, clock);
        var sessions = new Sessions(signIn, max.count(), clock);
        Gauge.builder("meseta.gateway.sessions", sessions, Sessions::size)
                .description("Browsers that are signed in")
                .register(meters);
        return sessions;
    }

    @Bean
    SessionController sessionController(ObjectProvider<Sessions> sessions, CurrentBundle bundle) {
        return new SessionController(
                Optional.ofNullable(sessions.getIfAvailable()),
                subject -> withGroups(subject, bundle));
    }

    private static Subject withGroups(Subject subject, CurrentBundle bundle) {
        return bundle.known().map(known -> known.groups().complete(subject)).orElse(subject);
    }
}
