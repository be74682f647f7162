package io.meseta.master.doors;

import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import java.io.IOException;
import java.util.Optional;

/// Sends away what only the leading master may answer.
public final class LeaderDoor {

    private static final int TEMPORARY_REDIRECT = 307;
    private static final String PREFIX = "/master";

    private final Leadership leadership;

    public LeaderDoor(Leadership leadership) {
        this.leadership = leadership;
    }

    /// This master's leadership; empty if it has none, and then the exchange is answered.
    public Optional<Role.Leading> enter(Exchange exchange) throws IOException {
        return switch (leadership.role()) {
            case Role.Leading leading -> Optional.of(leading);
            case Role.Recovering _ -> {
                exchange.unavailable("Master has not finished recovery");
                yield Optional.empty();
            }
            case Role.Leaderless _ -> {
                exchange.unavailable("No leader elected");
                yield Optional.empty();
            }
            case Role.Following(var leader) -> {
                redirect(exchange, leader, target(exchange));
                yield Optional.empty();
            }
        };
    }

    /// Answers with the place of the leader, which may be this master.
    public void point(Exchange exchange, Leadership.Address self) throws IOException {
        switch (leadership.role()) {
            case Role.Leading _, Role.Recovering _ -> redirect(exchange, self, "");
            case Role.Following(var leader) -> redirect(exchange, leader, "");
            case Role.Leaderless _ -> exchange.unavailable("No leader elected");
        }
    }

    /// Without a scheme, so that whoever came by TLS goes on by TLS.
    private static void redirect(Exchange exchange, Leadership.Address to, String target)
            throws IOException {
        var host = to.host().contains(":") ? "[" + to.host() + "]" : to.host();
        exchange.response().setHeader("Location", "//" + host + ":" + to.port() + target);
        exchange.empty(TEMPORARY_REDIRECT);
    }

    /// Our own routes keep their path; those of Mesos are the master process's.
    private static String target(Exchange exchange) {
        var path = exchange.request().getRequestURI();
        boolean isPrefixed = path.equals(PREFIX) || path.startsWith(PREFIX + "/");
        boolean isOwn = path.startsWith("/api/meseta/");
        var query = exchange.request().getQueryString();
        return (isPrefixed || isOwn ? path : PREFIX + path) + (query == null ? "" : "?" + query);
    }
}
