package io.meseta.platform.direct;

import io.meseta.platform.access.RouteGuard;
import io.meseta.platform.problems.Failures;
import io.meseta.platform.server.TidyPath;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// Serves the direct routes; everything else goes on to Spring.
final class DirectRoutes implements Filter {

    private final List<DirectRoute> routes;
    private final RouteGuard guard;
    private final Failures failures;
    private final DirectTimes times;

    DirectRoutes(List<DirectRoute> routes, RouteGuard guard, Failures failures, DirectTimes times) {
        this.routes = List.copyOf(routes);
        this.guard = guard;
        this.failures = failures;
        this.times = times;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && isPlain(asked)) {
            for (var route : routes) {
                var pattern = route.pathFor(asked.getServletPath());
                if (!pattern.isEmpty()) {
                    serve(route, pattern, asked, answer);
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    /// Whether a request will be served here; its path may not have been tidied yet.
    boolean serves(HttpServletRequest request) {
        var path = TidyPath.of(request.getServletPath());
        return isPlain(request)
                && routes.stream().anyMatch(route -> !route.pathFor(path).isEmpty());
    }

    /// Parameters of a path, which no client of ours sends, are refused where odd paths are judged.
    private static boolean isPlain(HttpServletRequest request) {
        return request.getRequestURI().indexOf(';') < 0;
    }

    private void serve(
            DirectRoute route,
            String pattern,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        long began = System.nanoTime();
        try {
            if (guard.isKnown(request, response)) route.handler().answer(request, response);
        } catch (IOException | RuntimeException thrown) {
            failures.answer(thrown, request, response);
        } finally {
            times.add(
                    pattern, request.getMethod(), response.getStatus(), System.nanoTime() - began);
        }
    }
}
