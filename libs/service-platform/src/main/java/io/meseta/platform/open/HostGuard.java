package io.meseta.platform.open;

import io.meseta.platform.problems.Problem;
import io.meseta.platform.problems.ProblemType;
import io.meseta.platform.problems.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests that came here by a name other than this machine's loopback, or from a page of
/// another site: a browser on this machine can be talked into sending either (DNS rebinding, and
/// forms that post across sites), and in open mode nothing else would stop it.
final class HostGuard extends OncePerRequestFilter {

    private static final Problem WRONG_HOST =
            new Problem(
                    ProblemType.FORBIDDEN,
                    "This service runs with meseta.open=true and answers only requests to a"
                            + " loopback host, such as localhost.");
    private static final Problem WRONG_ORIGIN =
            new Problem(
                    ProblemType.FORBIDDEN,
                    "This service runs with meseta.open=true and answers no pages of other sites.");

    private final Refusals refusals;

    HostGuard(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isForLoopback(request)) refusals.send(request, response, WRONG_HOST);
        else if (!isFromLoopback(request)) refusals.send(request, response, WRONG_ORIGIN);
        else chain.doFilter(request, response);
    }

    /// The server's name is the request target's where that is absolute, else the Host header's,
    /// and the address we listen on where there is neither (HTTP/1.0).
    private static boolean isForLoopback(HttpServletRequest request) {
        var isTargetFine = Loopback.isLoopback(request.getServerName());
        return isTargetFine
                && Optional.ofNullable(request.getHeader("Host"))
                        .map(Loopback::isLoopbackAuthority)
                        .orElse(true);
    }

    private static boolean isFromLoopback(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Origin"))
                .map(origin -> Loopback.isLoopbackAuthority(origin.replaceFirst("^https?://", "")))
                .orElse(true);
    }
}
