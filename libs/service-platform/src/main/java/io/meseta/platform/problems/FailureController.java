package io.meseta.platform.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// Answers what failed outside Spring's reach: in a filter, or in the container itself.
@Controller
final class FailureController implements ErrorController {

    private final Refusals refusals;

    FailureController(Refusals refusals) {
        this.refusals = refusals;
    }

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refusals.send(original(request), response, problemOf(request));
    }

    private static Problem problemOf(HttpServletRequest request) {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // Asked for directly, the error page is a page like any that does not exist.
        if (!(status instanceof Integer code)) {
            return new Problem(ProblemType.NOT_FOUND, "There is nothing at this path.");
        }
        if (code >= 500 || code < 400) return Failures.internal();
        var type = StatusProblems.of(code);
        return new Problem(type, type.title() + ".");
    }

    private static HttpServletRequest original(HttpServletRequest request) {
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return path instanceof String original ? new AtPath(request, original) : request;
    }
}
