package io.meseta.master.metrics;

import io.meseta.authorization.Action;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.JsonPrinter;
import io.meseta.master.doors.Route;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.process.SpokenDuration;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Controller;

/// Figures, whoever leads.
@Hidden
@Controller
final class MetricsController {

    private static final int BAD_REQUEST = 400;

    private final MesosMetrics metrics;

    MetricsController(MesosMetrics metrics) {
        this.metrics = metrics;
    }

    @Allowed(Action.GET_ENDPOINT_WITH_PATH)
    @Route("/metrics/snapshot")
    void snapshot(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var problem = exchange.query("timeout").flatMap(MetricsController::problem);
        if (problem.isPresent()) {
            exchange.text(BAD_REQUEST, problem.get());
            return;
        }
        var figures = metrics.snapshot();
        exchange.json(
                JsonPrinter.body(json -> {
                    for (var figure : figures.entrySet())
                        json.field(figure.getKey(), figure.getValue());
                }));
    }

    /// No figure takes long enough for a limit to matter, but a limit that is none is a mistake.
    private static Optional<String> problem(String timeout) {
        return switch (SpokenDuration.read(timeout)) {
            case SpokenDuration.Understood _ -> Optional.empty();
            case SpokenDuration.Unclear(var why) ->
                    Optional.of("Invalid timeout '" + timeout + "': " + why + ".\n");
        };
    }
}
