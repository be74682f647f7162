package io.meseta.master.agents;

import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.Route;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;

/// Where agents call.
@DecidedWithin("An agent registers as itself, and stays with the principal that it came as.")
@Hidden
@Controller
final class AgentLinkController {

    private final AgentLinkApi api;

    AgentLinkController(AgentLinkApi api) {
        this.api = api;
    }

    @Route("/api/meseta/v1/agent-link")
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        api.answer(new Exchange(request, response));
    }
}
