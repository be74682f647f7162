package io.meseta.platform.direct;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// A route that is served before Spring MVC and its security's chain of filters are reached. A
/// service makes a bean of it.
///
/// It is for whoever has said who they are, as a controller's that is
/// [io.meseta.platform.access.DecidedWithin]. It takes every method, and judges for itself which
/// ones it answers.
///
/// @param paths what it serves; a path that ends in `/**` is served with everything below it
/// @param decidedWithin what is decided behind this door, in a sentence
public record DirectRoute(List<String> paths, String decidedWithin, Handler handler) {

    private static final String AND_BELOW = "/**";

    public DirectRoute {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) throw new IllegalArgumentException("A route has a path");
        for (var path : paths) {
            if (!path.startsWith("/") || path.endsWith("/"))
                throw new IllegalArgumentException("Not the path of a route: '" + path + "'");
        }
        if (decidedWithin.isBlank())
            throw new IllegalArgumentException("A route says what is decided behind its door");
    }

    /// Answers one request, whose caller is known.
    @FunctionalInterface
    public interface Handler {

        /// What it throws is answered as what a controller throws.
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    /// Which of its paths `path` is one of; an empty text if it is none.
    String pathFor(String path) {
        for (var each : paths) {
            if (each.endsWith(AND_BELOW) ? isAtOrBelow(path, each) : path.equals(each)) return each;
        }
        return "";
    }

    private static boolean isAtOrBelow(String path, String pattern) {
        int length = pattern.length() - AND_BELOW.length();
        return path.regionMatches(0, pattern, 0, length)
                && (path.length() == length || path.charAt(length) == '/');
    }
}
