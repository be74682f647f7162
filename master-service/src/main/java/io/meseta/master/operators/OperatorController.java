package io.meseta.master.operators;

import io.meseta.master.doors.CallReader;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.doors.Route;
import io.meseta.master.rights.Rights;
import io.meseta.platform.access.DecidedWithin;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.stereotype.Controller;

/// Where operators call.
@DecidedWithin("It depends on the call; lists show what the caller may see.")
@Hidden
@Controller
final class OperatorController {

    private static final int BAD_REQUEST = 400;
    private static final String FRAMEWORK = "frameworkId=";

    private final OperatorApi api;
    private final LeaderDoor door;
    private final CallReader reader;
    private final Rights rights;

    OperatorController(OperatorApi api, LeaderDoor door, CallReader reader, Rights rights) {
        this.api = api;
        this.door = door;
        this.reader = reader;
        this.rights = rights;
    }

    /// What is below this path and nobody else's is this, too.
    @Route({"/api/v1/**", "/master/api/v1/**"})
    void call(HttpServletRequest request, HttpServletResponse response) throws IOException {
        api.answer(new Exchange(request, response));
    }

    /// The older way to tear a framework down: a form.
    @Route({"/teardown/**", "/master/teardown/**"})
    void teardown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var exchange = new Exchange(request, response);
        var leading = door.enter(exchange);
        if (leading.isEmpty()) return;
        if (!exchange.method().equals("POST")) {
            exchange.methodNotAllowed("POST");
            return;
        }
        switch (reader.readBytes(exchange)) {
            case CallReader.Read.Refused(var status, var text) -> exchange.text(status, text);
            case CallReader.Read.Understood(var body) -> {
                var id = framework(new String(body, StandardCharsets.UTF_8));
                if (id.isPresent()) Teardown.answer(exchange, leading.get(), rights, id.get());
                else
                    exchange.text(
                            BAD_REQUEST,
                            "Missing 'frameworkId' query parameter in the request body");
            }
        }
    }

    private static Optional<String> framework(String form) {
        return Arrays.stream(form.split("&", -1))
                .filter(field -> field.startsWith(FRAMEWORK))
                .map(field -> field.substring(FRAMEWORK.length()))
                .map(OperatorController::decoded)
                .findFirst();
    }

    /// What is not well encoded names nobody.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
