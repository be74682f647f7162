package io.meseta.platform.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request its id before anything else sees it.
final class RequestIdFilter extends OncePerRequestFilter {

    private static final String KEPT = RequestIdFilter.class.getName();

    /// An error's answer is made in a second pass, which must tell the same id.
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var id = idOf(request);
        request.setAttribute(KEPT, id);
        response.setHeader(RequestIds.HEADER, id);
        try (var _ = MDC.putCloseable(RequestIds.LOG_FIELD, id)) {
            chain.doFilter(request, response);
        }
    }

    private static String idOf(HttpServletRequest request) {
        return request.getAttribute(KEPT) instanceof String kept
                ? kept
                : RequestIds.of(request.getHeader(RequestIds.HEADER));
    }
}
