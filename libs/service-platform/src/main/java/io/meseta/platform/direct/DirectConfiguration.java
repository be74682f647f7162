package io.meseta.platform.direct;

import io.meseta.platform.access.RouteGuard;
import io.meseta.platform.problems.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/// The direct routes of a service, if it has any.
@Configuration(proxyBeanMethods = false)
public class DirectConfiguration {

    @Bean
    DirectRoutes directRoutes(
            ObjectProvider<DirectRoute> routes,
            RouteGuard guard,
            Failures failures,
            MeterRegistry meters) {
        return new DirectRoutes(routes.stream().toList(), guard, failures, new DirectTimes(meters));
    }

    /// After all that stands before every route, and before everything of Spring's.
    @Bean
    FilterRegistrationBean<DirectRoutes> directRoutesFilter(DirectRoutes routes) {
        var filter = new FilterRegistrationBean<>(routes);
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 40);
        return filter;
    }

    /// Observations cost more than these routes do; they are timed by [DirectTimes].
    @Bean
    ObservationPredicate allButDirectRoutes(ObjectProvider<DirectRoutes> routes) {
        return (_, context) ->
                !(context instanceof ServerRequestObservationContext request)
                        || Optional.ofNullable(request.getCarrier())
                                .filter(routes.getObject()::serves)
                                .isEmpty();
    }
}
