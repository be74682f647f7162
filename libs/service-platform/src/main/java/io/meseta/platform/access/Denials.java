package io.meseta.platform.access;

import io.meseta.authorization.Verdict;
import io.meseta.platform.identity.Recognition;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.meseta.platform.problems.Refusals;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Words the refusals of this room: problem documents on our own routes, and elsewhere the status,
/// headers and one line that clients of Mesos know.
public final class Denials {

    /// Names the rule that denied, on routes whose bodies are Mesos'.
    public static final String RULE_HEADER = "Meseta-Rule";

    private static final String REALM = "realm=\"meseta\"";

    private final Refusals refusals;

    Denials(Refusals refusals) {
        this.refusals = refusals;
    }

    /// What a controller of ours answers when it was decided within.
    public static Problem problem(Verdict.Denied denied) {
        var fields =
                Map.of(
                        "rule", denied.rule().toString(),
                        "bundleVersion", Long.toString(denied.bundleVersion()));
        return new Problem(ProblemType.FORBIDDEN, denied.reason() + ".", new TreeMap<>(fields));
    }

    /// Sends 403, with the rule's name.
    public void deny(
            HttpServletRequest request, HttpServletResponse response, Verdict.Denied denied)
            throws IOException {
        response.setHeader(RULE_HEADER, denied.rule().toString());
        if (Refusals.isOwnRoute(request.getRequestURI())) {
            refusals.send(request, response, problem(denied));
        } else {
            line(response, 403, "403 Forbidden.");
        }
    }

    /// Sends what is right when nobody was recognised: 401 with challenges, 429 or 503.
    public void turnAway(
            HttpServletRequest request, HttpServletResponse response, Recognition recognition)
            throws IOException {
        switch (recognition) {
            case Recognition.Known _ -> challenge(request, response, "Say who you are.", "");
            case Recognition.Unknown(var scheme, var reason) ->
                    challenge(
                            request,
                            response,
                            reason,
                            scheme == Recognition.Scheme.BEARER ? reason : "");
            case Recognition.TooMany(var wait) -> tooMany(request, response, wait);
            case Recognition.NotYet _ -> notYet(request, response);
        }
    }

    /// Browsers answer a Basic challenge by asking for a password themselves, which our own pages
    /// do better; so on our own routes it is Bearer only.
    private void challenge(
            HttpServletRequest request,
            HttpServletResponse response,
            String reason,
            String tokenProblem)
            throws IOException {
        var bearer = "Bearer " + REALM;
        if (!tokenProblem.isEmpty()) {
            bearer += ", error=\"invalid_token\", error_description=\"" + tokenProblem + "\"";
        }
        if (Refusals.isOwnRoute(request.getRequestURI())) {
            response.setHeader("WWW-Authenticate", bearer);
            refusals.send(request, response, new Problem(ProblemType.UNAUTHENTICATED, reason));
        } else {
            response.setHeader("WWW-Authenticate", "Basic " + REALM + ", " + bearer);
            line(response, 401, "401 Unauthorized.");
        }
    }

    private void tooMany(HttpServletRequest request, HttpServletResponse response, Duration wait)
            throws IOException {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        response.setHeader("Retry-After", Long.toString(seconds));
        var detail = "Too many wrong credentials. Try again in " + seconds + " s.";
        refusals.send(request, response, new Problem(ProblemType.TOO_MANY, detail));
    }

    private void notYet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Retry-After", "1");
        var detail = "This service has no policies yet: the auth-service has not answered.";
        refusals.send(request, response, new Problem(ProblemType.UNAVAILABLE, detail));
    }

    private static void line(HttpServletResponse response, int status, String text)
            throws IOException {
        if (response.isCommitted()) return;
        response.resetBuffer();
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
