package io.meseta.platform.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/// Answers a request that no controller will see, for filters: in the manner of its route.
public final class Refusals {

    /// Where our own routes begin: the cluster's, the auth-service's, and calls to microservices.
    private static final List<String> OWN_ROUTES =
            List.of("/api/meseta/", "/api/gateway/", "/auth/", "/services/");

    private final JsonMapper mapper;

    Refusals(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /// Whether `path` is one of our own routes, which answer with problem details.
    public static boolean isOwnRoute(String path) {
        return OWN_ROUTES.stream().anyMatch(path::startsWith);
    }

    /// Sends `problem` as the whole answer; does nothing if an answer is already under way.
    public void send(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        if (response.isCommitted()) return;
        response.resetBuffer();
        response.setStatus(problem.type().status());
        var isOwn = isOwnRoute(request.getRequestURI());
        var bytes =
                isOwn
                        ? mapper.writeValueAsBytes(problem.body())
                        : plain(problem).getBytes(StandardCharsets.UTF_8);
        response.setContentType(
                isOwn ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : "text/plain;charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /// One line, as Mesos words what it has no better text for.
    static String plain(Problem problem) {
        return problem.detail() + "\n";
    }
}
