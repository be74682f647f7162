package io.meseta.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.authorization.Verdict;
import io.meseta.gateway.forwarding.Inbound;
import io.meseta.platform.access.Denials;
import io.meseta.platform.identity.Recognition;
import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Words what the door itself answers: problem documents where the routes are ours, and one plain
/// line where clients of Mesos expect one.
final class Answers {

    static final ProblemType BAD_GATEWAY = new ProblemType("bad-gateway", 502, "Bad gateway");
    static final ProblemType TIMEOUT = new ProblemType("gateway-timeout", 504, "Gateway timeout");

    private static final String REALM = "realm=\"meseta\"";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final JsonMapper mapper;

    Answers(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Tells the caller to say who they are, or why what they said will not do.
    void turnAway(Inbound inbound, Recognition recognition) {
        switch (recognition) {
            case Recognition.Known _ -> challenge(inbound, "Say who you are.", false);
            case Recognition.Unknown(var scheme, var reason) ->
                    challenge(inbound, reason, scheme == Recognition.Scheme.BEARER);
            case Recognition.TooMany(var wait) -> {
                var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
                retryAfter(inbound, Duration.ofSeconds(seconds));
                send(
                        inbound,
                        new Problem(
                                ProblemType.TOO_MANY,
                                "Too many wrong credentials. Try again in " + seconds + " s."));
            }
            case Recognition.NotYet _ ->
                    notNow(inbound, "The gateway has no policies yet: the auth-service is away.");
        }
    }

    /// Browsers ask for a password by themselves where Basic is offered; on our own routes the
    /// console does that better.
    private void challenge(Inbound inbound, String reason, boolean isBearer) {
        var bearer = "Bearer " + REALM;
        if (isBearer) {
            bearer += ", error=\"invalid_token\", error_description=\"" + reason + "\"";
        }
        var value = isPlain(inbound) ? "Basic " + REALM + ", " + bearer : bearer;
        inbound.response().getHeaders().put(HttpHeader.WWW_AUTHENTICATE, value);
        send(inbound, new Problem(ProblemType.UNAUTHENTICATED, reason));
    }

    void deny(Inbound inbound, Verdict.Denied denied) {
        inbound.response().getHeaders().put(Denials.RULE_HEADER, denied.rule().toString());
        send(inbound, Denials.problem(denied));
    }

    /// The same for somebody whom the rules do not know: perhaps they allow it once they do.
    void denyStranger(Inbound inbound, Verdict.Denied denied) {
        inbound.response().getHeaders().put(Denials.RULE_HEADER, denied.rule().toString());
        inbound.response().getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer " + REALM);
        var fields = Denials.problem(denied).fields();
        var reason = denied.reason() + ". Say who you are.";
        send(inbound, new Problem(ProblemType.UNAUTHENTICATED, reason, fields));
    }

    /// 503, and when to come again.
    void notNow(Inbound inbound, String why) {
        retryAfter(inbound, SOON);
        send(inbound, new Problem(ProblemType.UNAVAILABLE, why));
    }

    private static void retryAfter(Inbound inbound, Duration wait) {
        inbound.response().getHeaders().put(HttpHeader.RETRY_AFTER, wait.toSeconds());
    }

    void send(Inbound inbound, Problem problem) {
        var response = inbound.response();
        // What is left of the request's body will not be read.
        if (inbound.hasBody() && !inbound.request().consumeAvailable()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.setStatus(problem.type().status());
        var isPlain = isPlain(inbound);
        var bytes =
                isPlain
                        ? line(problem)
                        : document(problem, response.getHeaders().get("X-Request-Id"));
        response.getHeaders()
                .put(
                        HttpHeader.CONTENT_TYPE,
                        isPlain ? "text/plain;charset=utf-8" : "application/problem+json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        var isHead = inbound.method().equals("HEAD");
        response.write(true, ByteBuffer.wrap(isHead ? new byte[0] : bytes), inbound.callback());
    }

    private static byte[] line(Problem problem) {
        return (problem.type().status() == 401 ? "401 Unauthorized." : problem.detail() + "\n")
                .getBytes(UTF_8);
    }

    private byte[] document(Problem problem, @Nullable String requestId) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", problem.type().uri().toString());
        json.put("title", problem.type().title());
        json.put("status", problem.type().status());
        json.put("detail", problem.detail());
        json.putAll(problem.fields());
        if (requestId != null) json.put("requestId", requestId);
        return mapper.writeValueAsBytes(json);
    }

    /// Whether the path is one of Mesos', whose clients know no problem documents.
    private static boolean isPlain(Inbound inbound) {
        var path = inbound.request().getHttpURI().getPath();
        if (path == null) return true;
        return !path.startsWith("/api/meseta/")
                && !path.startsWith("/api/gateway/")
                && !path.startsWith("/auth/")
                && !path.startsWith("/services/");
    }
}
