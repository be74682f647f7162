package io.meseta.master.self;

import io.meseta.master.about.Self;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Route;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role.Leading;
import io.meseta.master.rights.Rights;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// What is kept of agents, machines and roles, in the form of Mesos' registry. A master that does
/// not lead has none.
@DecidedWithin("It shows what the caller may see.")
@Hidden
@Controller
final class RegistryController {

    private final Leadership leadership;
    private final Self self;
    private final Rights rights;

    RegistryController(Leadership leadership, Self self, Rights rights) {
        this.leadership = leadership;
        this.self = self;
        this.rights = rights;
    }

    @Route("/registrar(1)/registry")
    void registry(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var role = leadership.role();
        exchange.json(
                JsonPrinter.body(json -> {
                    if (role instanceof Leading leading)
                        new RegistryPrinter(json, exchange, leading, rights)
                                .print(self.info(leading.master()));
                }));
    }
}
