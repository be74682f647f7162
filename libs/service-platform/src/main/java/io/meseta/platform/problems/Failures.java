package io.meseta.platform.problems;

import io.meseta.platform.trace.RequestIds;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// The answers to whatever a route throws. Nothing of an exception but what is meant for the caller
/// leaves the process.
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Refusals refusals;

    Failures(Refusals refusals) {
        this.refusals = refusals;
    }

    /// Answers a request that `thrown` has ended; does nothing if an answer is under way already.
    public void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (isOfACallerWhoLeft(thrown)) {
            LOG.atDebug().setCause(thrown).log("The caller hung up before its answer was complete");
            return;
        }
        if (thrown instanceof HttpRequestMethodNotSupportedException refused) {
            allow(refused, response);
        }
        refusals.send(request, response, problemOf(thrown));
    }

    /// Jetty says so of connections whose other end is gone, and Spring of answers that have failed
    /// before; the end of any other stream is a fault of ours.
    private static boolean isOfACallerWhoLeft(Exception thrown) {
        return cause(thrown, EofException.class).isPresent()
                || cause(thrown, AsyncRequestNotUsableException.class).isPresent();
    }

    private static void allow(
            HttpRequestMethodNotSupportedException refused, HttpServletResponse response) {
        var methods = refused.getSupportedMethods();
        if (methods != null) response.setHeader(HttpHeaders.ALLOW, String.join(", ", methods));
    }

    private static Problem problemOf(Exception thrown) {
        var tooLarge = cause(thrown, BodyTooLarge.class);
        if (tooLarge.isPresent()) return tooLarge.get().problem();
        if (thrown instanceof HttpMessageNotReadableException) {
            return new Problem(ProblemType.MALFORMED, "The body is not what this route takes.");
        }
        if (thrown instanceof MethodArgumentTypeMismatchException mismatch) {
            return new Problem(
                    ProblemType.MALFORMED,
                    "The parameter '" + mismatch.getName() + "' is not what this route takes.");
        }
        if (thrown instanceof ErrorResponse refused && refused.getStatusCode().is4xxClientError()) {
            return ofStatus(refused);
        }
        // What the firewall finds out late, such as a header that no text has.
        if (thrown instanceof RequestRejectedException) {
            return new Problem(ProblemType.MALFORMED, "The request cannot be read.");
        }
        // What Jetty finds out late, such as parameters that are no text.
        var malformed = cause(thrown, HttpException.class);
        if (malformed.isPresent() && malformed.get().getCode() / 100 == 4) {
            return new Problem(ProblemType.MALFORMED, "The request cannot be read.");
        }
        LOG.atError().setCause(thrown).log("A request failed");
        return internal();
    }

    static Problem internal() {
        var found = RequestIds.current().map(id -> " The log knows more under " + id + ".");
        return new Problem(ProblemType.INTERNAL, "Something broke." + found.orElse(""));
    }

    private static Problem ofStatus(ErrorResponse refused) {
        int status = refused.getStatusCode().value();
        var detail = Optional.ofNullable(refused.getBody().getDetail()).orElse("");
        return switch (status) {
            case 404 -> new Problem(ProblemType.NOT_FOUND, "There is nothing at this path.");
            case 405 -> new Problem(ProblemType.METHOD_NOT_ALLOWED, detail);
            case 415 -> new Problem(ProblemType.UNSUPPORTED, detail);
            default -> new Problem(StatusProblems.of(status), detail);
        };
    }

    private static <T> Optional<T> cause(Throwable thrown, Class<T> type) {
        for (var at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) return Optional.of(type.cast(at));
        }
        return Optional.empty();
    }
}
