package io.meseta.platform.bodies;

import io.meseta.platform.problems.BodyTooLarge;
import io.meseta.platform.problems.Refusals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies that are too long: at once if they say so, else when they turn out to be.
final class BodyLimitFilter extends OncePerRequestFilter {

    private final Refusals refusals;
    private final long bytesMax;

    BodyLimitFilter(Refusals refusals, long bytesMax) {
        this.refusals = refusals;
        this.bytesMax = bytesMax;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var limited = new BodyLimitedRequest(request, bytesMax);
        var answer = new RefusingResponse(response, limited);
        if (request.getContentLengthLong() > bytesMax) {
            refusals.send(limited, answer, new BodyTooLarge(bytesMax).problem());
            return;
        }
        try {
            chain.doFilter(limited, answer);
        } catch (BodyTooLarge tooLarge) {
            refusals.send(limited, answer, tooLarge.problem());
        }
    }
}
