package io.meseta.platform.access;

import io.meseta.authorization.Action;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.identity.Authenticator;
import io.meseta.platform.identity.Callers;
import io.meseta.platform.open.OpenModeProperties;
import io.meseta.platform.problems.Refusals;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.MappedInterceptor;

/// The policy of every route, and what the routes that are Spring's own take.
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {

    @Bean
    Access access(CurrentBundle current, OpenModeProperties mode) {
        return new Access(current, mode.open(), InstantSource.system());
    }

    @Bean
    Denials denials(Refusals refusals) {
        return new Denials(refusals);
    }

    @Bean
    RouteGuard routeGuard(Callers callers, Denials denials) {
        return new RouteGuard(callers, denials);
    }

    @Bean
    PathPolicy healthPolicy() {
        return PathPolicy.forEverybody(
                "/actuator/health/**", "Whoever restarts us has no identity, and learns a word.");
    }

    @Bean
    PathPolicy actuatorPolicy() {
        return PathPolicy.forTheAllowed("/actuator/**", Action.GET_ENDPOINT_WITH_PATH);
    }

    @Bean
    PathPolicy errorPolicy() {
        return PathPolicy.forEverybody("/error", "What failed was admitted or refused before.");
    }

    /// For all handler mappings there are, the actuator's and those of static files too.
    @Bean
    MappedInterceptor accessInterceptor(
            Access access, RouteGuard guard, ObjectProvider<PathPolicy> paths) {
        return new MappedInterceptor(
                null, new AccessInterceptor(access, guard, paths.stream().toList()));
    }

    @Bean
    CallerAddress callerAddress(Authenticator authenticator, Access access) {
        return new CallerAddress(authenticator, access);
    }
}
