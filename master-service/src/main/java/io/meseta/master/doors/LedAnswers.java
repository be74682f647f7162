package io.meseta.master.doors;

import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;

/// The door of our own REST: the leading master answers, the others say where it is.
public final class LedAnswers {

    private final Leadership leadership;

    public LedAnswers(Leadership leadership) {
        this.leadership = leadership;
    }

    /// The answer of the leading master, or where to look for one.
    public <T> ResponseEntity<T> answer(
            Target target, Function<Role.Leading, ResponseEntity<T>> answer) {
        return switch (leadership.role()) {
            case Role.Leading leading -> answer.apply(leading);
            case Role.Following(var leader, _) ->
                    ResponseEntity.status(HttpStatus.TEMPORARY_REDIRECT)
                            .location(URI.create("//" + leader.authority() + target.encoded()))
                            .build();
            case Role.Recovering _, Role.Leaderless _ ->
                    unavailable("No master leads at the moment.");
        };
    }

    /// What was asked for, encoded as in a request line.
    public record Target(String encoded) {

        /// The path and the query, as they came.
        public static Target of(HttpServletRequest request) {
            var query = request.getQueryString();
            return new Target(request.getRequestURI() + (query == null ? "" : "?" + query));
        }

        /// A path without a query.
        ///
        /// @param path decoded
        public static Target at(String path) {
            return new Target(UriComponentsBuilder.fromPath(path).build().encode().toUriString());
        }
    }

    /// Come back in a moment.
    @SuppressWarnings("unchecked") // a body that is not there is of any type
    public static <T> ResponseEntity<T> unavailable(String detail) {
        var problem = new Problem(ProblemType.UNAVAILABLE, detail).answer();
        var headers = new HttpHeaders(problem.getHeaders());
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return (ResponseEntity<T>)
                new ResponseEntity<>(problem.getBody(), headers, problem.getStatusCode());
    }
}
