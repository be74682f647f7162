package io.meseta.gateway.services;

import io.meseta.authorization.Subject;
import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.forwarding.Forwarder;
import io.meseta.platform.access.Access;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.identity.Authenticator;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// Calls to microservices, and what is told about them.
@Configuration(proxyBeanMethods = false)
public class ServicesConfiguration {

    @Bean
    IdentityTokens identityTokens(JsonMapper mapper) {
        return new IdentityTokens(mapper, InstantSource.system());
    }

    @Bean
    Admission admission(Access access, Authenticator authenticator) {
        return new Admission(access, authenticator);
    }

    @Bean
    ServiceCalls serviceCalls(
            CatalogueFollower catalogue,
            Admission admission,
            Balance balance,
            IdentityTokens identities,
            CurrentBundle bundle,
            Forwarder forwarder) {
        return new ServiceCalls(
                catalogue,
                admission,
                balance,
                identities,
                subject -> withGroups(subject, bundle),
                forwarder);
    }

    private static Subject withGroups(Subject subject, CurrentBundle bundle) {
        return bundle.known().map(known -> known.groups().complete(subject)).orElse(subject);
    }

    @Bean
    ServicesController servicesController(
            CatalogueFollower catalogue, IdentityTokens identities, Access access) {
        return new ServicesController(catalogue, identities, access);
    }
}
