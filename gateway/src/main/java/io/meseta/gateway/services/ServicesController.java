package io.meseta.gateway.services;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Target;
import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.catalogue.Instance;
import io.meseta.platform.access.Access;
import io.meseta.platform.access.DecidedWithin;
import io.meseta.platform.access.Public;
import io.meseta.platform.identity.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What runs where, as this gateway sees it, and the keys by which its word can be checked.
@RestController
final class ServicesController {

    private static final long NEVER = Long.MAX_VALUE / 2;

    private final CatalogueFollower catalogue;
    private final IdentityTokens identities;
    private final Access access;

    ServicesController(CatalogueFollower catalogue, IdentityTokens identities, Access access) {
        this.catalogue = catalogue;
        this.identities = identities;
        this.access = access;
    }

    @Operation(summary = "The services that the caller may see, and their instances")
    @DecidedWithin("Each instance is shown to whoever may view its service.")
    @GetMapping(path = "/api/gateway/v1/services", produces = MediaType.APPLICATION_JSON_VALUE)
    ServicesResponse services(@Parameter(hidden = true) Caller caller) {
        var age = catalogue.age();
        var seconds = age.toNanos() > NEVER ? null : (Double) (age.toMillis() / 1000.0);
        return ServicesResponse.of(
                catalogue.current(),
                seconds,
                catalogue.isFresh(),
                instance -> isVisible(caller, instance));
    }

    private boolean isVisible(Caller caller, Instance instance) {
        var target =
                Target.service(instance.offer().name())
                        .and(Attribute.FRAMEWORK, instance.key().framework());
        var role = instance.offer().role();
        return access.decide(
                        caller,
                        Action.VIEW_SERVICE,
                        role.isEmpty() ? target : target.and(Attribute.ROLE, role))
                .isAllowed();
    }

    @Operation(summary = "The public keys of X-Meseta-Identity")
    @Public("Public keys are for whoever checks a signature.")
    @GetMapping(path = "/.well-known/meseta/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, List<Map<String, String>>> keys() {
        return identities.published();
    }
}
