package io.meseta.gateway.routes;

/// Where a path leads.
public sealed interface Route {

    /// Whether a caller without identity may pass here; whoever answers may still refuse.
    boolean isPublic();

    /// The gateway's own.
    record Own(boolean isPublic) implements Route {}

    /// The leading master.
    record Master(String path, boolean isPublic) implements Route {}

    /// One agent.
    ///
    /// @param path with a slash at its beginning, as the agent knows it
    record Agent(String id, String path) implements Route {
        @Override
        public boolean isPublic() {
            return false;
        }
    }

    /// The auth-service.
    record Auth(String path, boolean isPublic) implements Route {}

    /// A microservice. Whether callers without identity may pass, its policies say.
    ///
    /// @param port a port's name or number; empty for the first
    /// @param path with a slash at its beginning, as the microservice knows it
    record Microservice(String name, String port, String path) implements Route {
        @Override
        public boolean isPublic() {
            return true;
        }
    }

    /// The path could mean one thing to us and another to whoever answers.
    record Unclear(String problem) implements Route {
        @Override
        public boolean isPublic() {
            return true;
        }
    }

    /// A word for metrics and logs.
    default String word() {
        return switch (this) {
            case Own _ -> "own";
            case Master _ -> "master";
            case Agent _ -> "agent";
            case Auth _ -> "auth";
            case Microservice _ -> "service";
            case Unclear _ -> "unclear";
        };
    }
}
