package io.meseta.platform.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/// A request as it was before it was sent to the error page.
final class AtPath extends HttpServletRequestWrapper {

    private final String path;

    AtPath(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    @Override
    public String getRequestURI() {
        return path;
    }
}
