package io.meseta.master.state;

import io.meseta.master.about.Self;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Route;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.RestController;

/// The older endpoints that show this master itself, which answers them whoever leads.
@Hidden
@RestController
final class SelfController {

    private static final int OK = 200;

    private final LeaderDoor door;
    private final Self self;

    SelfController(LeaderDoor door, Self self) {
        this.door = door;
        this.self = self;
    }

    @Route({"/health", "/master/health"})
    void health(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response).empty(OK);
    }

    @Route("/version")
    void version(HttpServletRequest request, HttpServletResponse response) throws IOException {
        new Exchange(request, response)
                .json(
                        JsonPrinter.body(json -> {
                            json.field("build_user", Self.BUILDER);
                            json.field("version", Self.MESOS_VERSION);
                        }));
    }

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

    @Route({"/redirect", "/master/redirect"})
    void redirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
        door.point(new Exchange(request, response), self.address());
    }
}
