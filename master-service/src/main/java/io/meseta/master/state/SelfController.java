package io.meseta.master.state;

import io.meseta.authorization.Action;
import io.meseta.master.about.Self;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Route;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.Public;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// The older endpoints that show this master itself, which answers them whoever leads.
@Hidden
@Controller
final class SelfController {

    private static final int OK = 200;

    private final LeaderDoor door;
    private final Self self;

    SelfController(LeaderDoor door, Self self) {
        this.door = door;
        this.self = self;
    }

    @Public("Whoever watches this master has no identity, and learns that it lives.")
    @Route({"/health", "/master/health"})
    void health(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response).empty(OK);
    }

    @Public("Clients ask before they sign in, as they do of Mesos.")
    @Route("/version")
    void version(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response)
                .json(
                        JsonPrinter.body(json -> {
                            json.field("build_user", Self.BUILDER);
                            json.field("version", Self.MESOS_VERSION);
                        }));
    }

    @Allowed(Action.VIEW_FLAGS)
    @Route({"/flags", "/master/flags"})
    void flags(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response)
                .json(
                        JsonPrinter.body(json ->
                                json.object(
                                        "flags",
                                        () -> {
                                            for (var flag : self.flags().entrySet())
                                                json.field(flag.getKey(), flag.getValue());
                                        })));
    }

    @Public("Where the leader is, everybody may know who can reach a master.")
    @Route({"/redirect", "/master/redirect"})
    void redirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
        door.point(new Exchange(request, response), self.address());
    }
}
