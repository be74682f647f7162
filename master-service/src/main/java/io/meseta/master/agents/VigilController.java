package io.meseta.master.agents;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.doors.Exchange;
import io.meseta.platform.access.Authenticated;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Where agents ask for the next leader.
@Authenticated
@Hidden
@Controller
final class VigilController {

    private static final int BAD_REQUEST = 400;

    private final Vigil vigil;

    VigilController(Vigil vigil) {
        this.vigil = vigil;
    }

    @GetMapping("/api/meseta/v1/agent-link/leader")
    void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var known = exchange.header(Vigil.EPOCH).orElse("0");
        if (known.matches("[0-9]{1,18}")) {
            vigil.answer(exchange, new Epoch(Long.parseLong(known)));
        } else {
            exchange.text(BAD_REQUEST, "The '" + Vigil.EPOCH + "' header is not an epoch");
        }
    }
}
