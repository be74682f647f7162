package io.meseta.platform.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Takes repeated slashes and one at the end off the path, as clients of Mesos write them. Later
/// filters, and whatever will decide on access, see the tidy path only.
final class TidyPathFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var path = request.getRequestURI();
        var tidy = TidyPath.of(path);
        chain.doFilter(tidy.equals(path) ? request : new Tidied(request, tidy), response);
    }

    /// Everything in a service is behind one servlet at the root, so the servlet path is all there
    /// is.
    private static final class Tidied extends HttpServletRequestWrapper {

        private final String path;

        private Tidied(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public StringBuffer getRequestURL() {
            var original = super.getRequestURL();
            int end = original.length() - super.getRequestURI().length();
            return new StringBuffer(original.substring(0, Math.max(end, 0))).append(path);
        }

        @Override
        public String getServletPath() {
            return TidyPath.of(super.getServletPath());
        }
    }
}
