package io.meseta.gateway.sessions;

import io.meseta.authorization.Subject;
import io.meseta.platform.access.Public;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Signing in and out at a browser. Pages of other sites are kept away by the door.
@RestController
@RequestMapping("/api/gateway/v1/session")
@Public("Whoever signs in has no identity yet; the rest says so itself.")
final class SessionController {

    private final Optional<Sessions> sessions;
    private final UnaryOperator<Subject> withGroups;

    SessionController(Optional<Sessions> sessions, UnaryOperator<Subject> withGroups) {
        this.sessions = sessions;
        this.withGroups = withGroups;
    }

    @Operation(summary = "Who is signed in")
    @GetMapping
    ResponseEntity<?> who(@Parameter(hidden = true) Caller caller) {
        if (!caller.isAuthenticated() && !caller.isOpen()) {
            return new Problem(ProblemType.UNAUTHENTICATED, "Nobody is signed in.").answer();
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(SessionResponse.of(withGroups.apply(caller.subject()), caller.isOpen()));
    }

    @Operation(summary = "Signs in: sets a cookie that pages cannot read")
    @PostMapping(consumes = "application/json")
    ResponseEntity<?> signIn(
            @RequestBody SessionRequest wanted,
            @Parameter(hidden = true) HttpServletRequest request) {
        if (sessions.isEmpty()) {
            return new Problem(ProblemType.CONFLICT, "Nobody signs in here: the cluster is open.")
                    .answer();
        }
        var name = wanted.name();
        var password = wanted.password();
        if (name == null || password == null) {
            return new Problem(ProblemType.MALFORMED, "Say a name and a password.").answer();
        }
        return switch (sessions.get().open(name, password, request.getRemoteAddr())) {
            case Sessions.Opening.Opened(var key) ->
                    ResponseEntity.noContent()
                            .header(HttpHeaders.SET_COOKIE, cookie(request, key))
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .build();
            case Sessions.Opening.Refused(var status) -> refused(status);
            case Sessions.Opening.Silent _ ->
                    new Problem(
                                    ProblemType.UNAVAILABLE,
                                    "The auth-service does not answer. Try again in a moment.")
                            .answer();
        };
    }

    private static ResponseEntity<?> refused(int status) {
        return status == ProblemType.TOO_MANY.status()
                ? new Problem(
                                ProblemType.TOO_MANY,
                                "Too many wrong passwords. Try again in a minute.")
                        .answer()
                : new Problem(ProblemType.UNAUTHENTICATED, "The name or the password is wrong.")
                        .answer();
    }

    @Operation(summary = "Signs out")
    @DeleteMapping
    ResponseEntity<?> signOut(@Parameter(hidden = true) HttpServletRequest request) {
        var address = request.getRemoteAddr();
        sessions.ifPresent(open -> keys(request).forEach(key -> open.close(key, address)));
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie(request, ""))
                .build();
    }

    private static Stream<String> keys(HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies == null) return Stream.empty();
        return Stream.of(cookies)
                .filter(each ->
                        each.getName().equals(SessionCookie.SECURE)
                                || each.getName().equals(SessionCookie.LOOPBACK))
                .map(Cookie::getValue);
    }

    /// Without TLS only on the loopback; elsewhere TLS may well end before us.
    ///
    /// @param key empty to take the cookie away
    private static String cookie(HttpServletRequest request, String key) {
        var isBare = !request.isSecure() && Loopback.isHost(request.getServerName());
        var cookie =
                ResponseCookie.from(isBare ? SessionCookie.LOOPBACK : SessionCookie.SECURE, key)
                        .httpOnly(true)
                        .secure(!isBare)
                        .sameSite("Strict")
                        .path("/");
        return (key.isEmpty() ? cookie.maxAge(0) : cookie).build().toString();
    }
}
