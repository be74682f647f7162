package io.meseta.auth.web;

import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// The one place where a refusal becomes a problem document.
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusalAdvice {

    private static final ProblemType STALE =
            new ProblemType("stale", 412, "Changed in the meantime");
    private static final ProblemType UNGUARDED =
            new ProblemType("unguarded", 428, "Precondition required");

    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(Refused refused) {
        var refusal = refused.refusal();
        var answer = new Problem(typeOf(refusal), refusal.detail()).answer();
        var headers = new HttpHeaders();
        headers.addAll(answer.getHeaders());
        switch (refusal) {
            case Refusal.TooOften(var seconds) ->
                    headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
            case Refusal.Busy _ -> headers.set(HttpHeaders.RETRY_AFTER, "1");
            case Refusal.WrongSecret _ ->
                    headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"meseta\"");
            case Refusal.Stale(var version) -> headers.setETag("\"" + version + "\"");
            case Refusal.Unknown _,
                    Refusal.NotSignedIn _,
                    Refusal.Exists _,
                    Refusal.Unguarded _,
                    Refusal.Invalid _,
                    Refusal.Conflict _,
                    Refusal.TooMany _ -> {}
        }
        return new ResponseEntity<>(answer.getBody(), headers, answer.getStatusCode());
    }

    /// Two made the same thing at once, where no lock stands between them.
    @ExceptionHandler
    ResponseEntity<ProblemDetail> answer(DataIntegrityViolationException clash) {
        return new Problem(ProblemType.CONFLICT, "Somebody else did that just now: try again.")
                .answer();
    }

    private static ProblemType typeOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Unknown _, Refusal.NotSignedIn _ -> ProblemType.NOT_FOUND;
            case Refusal.Exists _, Refusal.Conflict _, Refusal.TooMany _ -> ProblemType.CONFLICT;
            case Refusal.Stale _ -> STALE;
            case Refusal.Unguarded _ -> UNGUARDED;
            case Refusal.Invalid _ -> ProblemType.MALFORMED;
            case Refusal.WrongSecret _ -> ProblemType.UNAUTHENTICATED;
            case Refusal.TooOften _ -> ProblemType.TOO_MANY;
            case Refusal.Busy _ -> ProblemType.UNAVAILABLE;
        };
    }
}
