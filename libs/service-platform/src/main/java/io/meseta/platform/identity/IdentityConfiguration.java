package io.meseta.platform.identity;

import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.open.OpenModeProperties;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Callers for every route: stateless, from the request's header alone. Nothing that a browser
/// sends by itself authenticates anybody, so there are no sessions and no forged requests to guard
/// against.
@Configuration(proxyBeanMethods = false)
public class IdentityConfiguration {

    @Bean
    Authenticator authenticator(CurrentBundle current, OpenModeProperties mode) {
        return new Authenticator(current, mode.open(), InstantSource.system());
    }

    @Bean
    Callers callers(Authenticator authenticator) {
        return new Callers(authenticator);
    }

    /// The last chain: whoever brings one for some paths (the auth-service does) comes first.
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain callersChain(HttpSecurity http, Callers callers) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .sessionManagement(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(AbstractHttpConfigurer::disable)
                .addFilterBefore(new CallerFilter(callers), AuthorizationFilter.class)
                .build();
    }

    /// One observation around each request is enough. Those around each filter of each chain took
    /// more time than the filters.
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /// Strict, but for what MVC and Jetty judge themselves: methods, and percent signs in names.
    @Bean
    HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowUrlEncodedPercent(true);
        return firewall;
    }

    /// Without one, Spring Boot would invent a user and write the password into the log.
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new BadCredentialsException("Callers are recognised by the bundle only");
        };
    }

    @Bean
    WebMvcConfigurer callerParameters(Callers callers) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerParameter(callers));
            }
        };
    }
}
