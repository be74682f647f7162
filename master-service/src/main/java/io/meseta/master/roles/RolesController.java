package io.meseta.master.roles;

import io.meseta.authorization.Action;
import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Format;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Route;
import io.meseta.master.doors.Sight;
import io.meseta.master.past.Sights;
import io.meseta.master.rendering.FullAnswers;
import io.meseta.master.rights.Rights;
import io.meseta.mesos.json.MesosJson;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// The older endpoints for roles, weights and quota.
@DecidedWithin("They show the roles that the caller may see, and change those that it may change.")
@Hidden
@Controller
final class RolesController {

    private final LeaderDoor door;
    private final Sights sights;
    private final CallReader reader;
    private final FullAnswers full;
    private final Rights rights;
    private final RoleViews views;
    private final RoleChanges changes;

    RolesController(
            Sights sights,
            CallReader reader,
            FullAnswers full,
            Rights rights,
            RoleViews views,
            RoleChanges changes) {
        this.door = sights.door();
        this.sights = sights;
        this.reader = reader;
        this.full = full;
        this.rights = rights;
        this.views = views;
        this.changes = changes;
    }

    @Route({"/roles/**", "/master/roles/**", "/roles.json", "/master/roles.json"})
    void roles(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        sights.answer(exchange, sight -> roles(exchange, sight));
    }

    private void roles(Exchange exchange, Sight sight) throws IOException {
        boolean isPast = sight.isPast();
        full.answer(
                exchange,
                sight,
                "roles",
                Format.JSON,
                (view, out) ->
                        JsonPrinter.body(json -> views.print(json, view, isPast)).writeTo(out));
    }

    @Route({"/quota/**", "/master/quota/**"})
    void quota(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        switch (exchange.method()) {
            case "GET" -> showQuota(exchange);
            case "POST" -> setQuota(exchange);
            case "DELETE" -> removeQuota(exchange);
            default -> notAllowed(exchange, "GET", "POST", "DELETE");
        }
    }

    @Route({"/weights/**", "/master/weights/**"})
    void weights(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        switch (exchange.method()) {
            case "GET" -> showWeights(exchange);
            case "PUT" -> updateWeights(exchange);
            default -> notAllowed(exchange, "GET", "PUT");
        }
    }

    private void showQuota(Exchange exchange) throws IOException {
        var sight = door.see(exchange);
        if (sight.isEmpty()) return;
        var seen = rights.roles(exchange.caller(), Action.GET_QUOTA);
        var status = RoleViews.quotas(sight.get().newest().get(), seen);
        exchange.json(out -> MesosJson.write(status, out));
    }

    private void setQuota(Exchange exchange) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        var request = OlderBodies.quota(reader.readBytes(exchange));
        if (request instanceof CallReader.Read.Understood(var understood))
            changes.setQuota(exchange, leading.get(), understood);
        else refuse(exchange, request);
    }

    private void removeQuota(Exchange exchange) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        var path = OlderBodies.path(exchange.request().getRequestURI());
        var role = OlderBodies.role(path);
        if (role.isPresent()) {
            var wish = Complaints.Wish.removing(path);
            changes.removeQuota(exchange, leading.get(), role.get(), wish);
        } else {
            exchange.text(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Failed to parse remove quota request for path '"
                            + path
                            + "': expected 3 tokens, found 2 tokens");
        }
    }

    private void showWeights(Exchange exchange) throws IOException {
        var sight = door.see(exchange);
        if (sight.isEmpty()) return;
        var seen = rights.roles(exchange.caller(), Action.VIEW_ROLE);
        var weights = RoleViews.weights(sight.get().newest().get(), seen);
        exchange.json(out -> OlderBodies.writeList(weights, out));
    }

    private void updateWeights(Exchange exchange) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        var request = OlderBodies.weights(reader.readBytes(exchange));
        if (request instanceof CallReader.Read.Understood(var understood))
            changes.updateWeights(exchange, leading.get(), understood);
        else refuse(exchange, request);
    }

    private static void refuse(Exchange exchange, CallReader.Read<?> read) throws IOException {
        if (read instanceof CallReader.Read.Refused(var status, var text))
            exchange.text(status, text);
    }

    private static void notAllowed(Exchange exchange, String... methods) throws IOException {
        exchange.response().setHeader("Allow", String.join(", ", methods));
        exchange.text(
                HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                "405 Method Not Allowed. Expecting one of { '%s' }, but received '%s'."
                        .formatted(String.join("', '", methods), exchange.method()));
    }
}
