package io.meseta.platform.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// The last resort for whatever a controller throws or no controller takes.
@ControllerAdvice
final class ProblemAdvice {

    private final Failures failures;

    ProblemAdvice(Failures failures) {
        this.failures = failures;
    }

    @ExceptionHandler
    void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        failures.answer(thrown, request, response);
    }
}
