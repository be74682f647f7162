package io.meseta.platform.access;

import io.meseta.authorization.Action;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// What it takes to pass routes that cannot carry an annotation, since their code is not ours:
/// static files, the actuator's. A service makes beans of them; what an annotation says comes
/// first, and of several path policies the most specific.
public final class PathPolicy implements Comparable<PathPolicy> {

    private final PathPattern pattern;
    private final RoutePolicy policy;

    private PathPolicy(String pattern, RoutePolicy policy) {
        this.pattern = PathPatternParser.defaultInstance.parse(pattern);
        this.policy = policy;
    }

    /// For everybody.
    ///
    /// @param pattern as Spring has them: `/assets/**`
    /// @param reason why that is right, for whoever reads the code
    public static PathPolicy forEverybody(String pattern, String reason) {
        if (reason.isBlank()) throw new IllegalArgumentException("An open door has a reason");
        return new PathPolicy(pattern, new RoutePolicy.ForEverybody());
    }

    /// For whoever has said who they are.
    public static PathPolicy forTheKnown(String pattern) {
        return new PathPolicy(pattern, new RoutePolicy.ForTheKnown());
    }

    /// For whoever may do this.
    public static PathPolicy forTheAllowed(String pattern, Action action) {
        return new PathPolicy(pattern, new RoutePolicy.ForTheAllowed(action));
    }

    boolean matches(String path) {
        return pattern.matches(PathContainer.parsePath(path));
    }

    RoutePolicy policy() {
        return policy;
    }

    /// The more specific comes first.
    @Override
    public int compareTo(PathPolicy other) {
        return pattern.compareTo(other.pattern);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathPolicy that
                && pattern.equals(that.pattern)
                && policy.equals(that.policy);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }
}
