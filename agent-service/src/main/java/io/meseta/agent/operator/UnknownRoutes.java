package io.meseta.agent.operator;

import io.meseta.platform.problems.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Says in Mesos' words that there is nothing at a path. On our own routes problem details say it.
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownRoutes {

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    void answer(Exception missing, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (Refusals.isOwnRoute(request.getRequestURI())) throw missing;
        Replies.text(response, 404, "404 Not Found.");
    }
}
