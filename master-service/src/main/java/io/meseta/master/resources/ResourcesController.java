package io.meseta.master.resources;

import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Route;
import io.meseta.master.rights.Rights;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.Offer.Operation;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// The older way in which operators reserve resources and make volumes: forms.
@DecidedWithin("It depends on the roles and the principals of the resources.")
@Hidden
@Controller
final class ResourcesController {

    private static final int BAD_REQUEST = 400;
    private static final String PARSING = "Error parsing";
    private static final String IN_PARSING = "Error in parsing";

    private final LeaderDoor door;
    private final CallReader reader;
    private final Rights rights;

    ResourcesController(LeaderDoor door, CallReader reader, Rights rights) {
        this.door = door;
        this.reader = reader;
        this.rights = rights;
    }

    /// Says what an operation is about.
    private interface Filling {
        void fill(Operation.Builder operation, ResourceForm form) throws Unacceptable;
    }

    @Route({"/reserve/**", "/master/reserve/**"})
    void reserve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                new Exchange(request, response),
                PARSING,
                (operation, form) ->
                        operation
                                .setType(Operation.Type.RESERVE)
                                .getReserveBuilder()
                                .addAllResources(form.resources("resources"))
                                .addAllSource(form.resourcesIfAny("source")));
    }

    @Route({"/unreserve/**", "/master/unreserve/**"})
    void unreserve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                new Exchange(request, response),
                IN_PARSING,
                (operation, form) ->
                        operation
                                .setType(Operation.Type.UNRESERVE)
                                .getUnreserveBuilder()
                                .addAllResources(form.resources("resources")));
    }

    @Route({"/create-volumes/**", "/master/create-volumes/**"})
    void create(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                new Exchange(request, response),
                IN_PARSING,
                (operation, form) ->
                        operation
                                .setType(Operation.Type.CREATE)
                                .getCreateBuilder()
                                .addAllVolumes(form.resources("volumes")));
    }

    @Route({"/destroy-volumes/**", "/master/destroy-volumes/**"})
    void destroy(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(
                new Exchange(request, response),
                IN_PARSING,
                (operation, form) ->
                        operation
                                .setType(Operation.Type.DESTROY)
                                .getDestroyBuilder()
                                .addAllVolumes(form.resources("volumes")));
    }

    private void answer(Exchange exchange, String words, Filling filling) throws IOException {
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        switch (reader.readBytes(exchange)) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var body) -> {
                var operation = Operation.newBuilder();
                try {
                    var form = ResourceForm.of(body, words);
                    var agent = form.agent();
                    filling.fill(operation, form);
                    new ResourceCalls(exchange, leading.get(), rights).answer(agent, operation);
                } catch (Unacceptable invalid) {
                    exchange.text(BAD_REQUEST, invalid.getMessage());
                }
            }
        }
    }
}
