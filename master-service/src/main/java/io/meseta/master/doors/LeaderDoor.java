package io.meseta.master.doors;

import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Sends away what only the leading master may answer.
public final class LeaderDoor {

    private static final int TEMPORARY_REDIRECT = 307;
    private static final String PREFIX = "/master";

    /// With the value `stale` a caller says that it is content with an older state; the parameter
    /// `consistency` of the query says the same.
    private static final String CONSISTENCY = "Meseta-Consistency";

    private static final String STALE = "stale";

    /// The newest entry of the journal that the answer knows of.
    private static final String SEQUENCE = "Meseta-Sequence";

    /// How many milliseconds ago the answer was surely the newest.
    private static final String AGE = "Meseta-Age-Ms";

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
            case Role.Following(var leader, _) -> {
                redirect(exchange, leader);
                yield Optional.empty();
            }
        };
    }

    /// The state to answer a question from: the leader's, and where this master does not lead and
    /// the caller is content with an older one, what this master knows. Empty if there is neither,
    /// and then the exchange is answered.
    public Optional<Sight> see(Exchange exchange) throws IOException {
        boolean mayBeStale = mayBeStale(exchange);
        if (!(leadership.role() instanceof Role.Leading) && mayBeStale) {
            var followed = leadership.followed();
            if (followed.isPresent()) return Optional.of(stale(exchange, followed.get()));
        }
        var leading = enter(exchange);
        if (leading.isEmpty()) return Optional.empty();
        if (mayBeStale) number(exchange, leading.get());
        return Optional.of(Sight.of(leading.get()));
    }

    /// Says which state the leader answers from: none newer is known to anybody.
    public static void number(Exchange exchange, Role.Leading leading) {
        told(exchange, leading.writer().view().sequence(), Duration.ZERO);
    }

    public boolean isLeading() {
        return leadership.role() instanceof Role.Leading;
    }

    /// Whether the caller is content with what a master knows that does not lead.
    public static boolean mayBeStale(Exchange exchange) {
        return exchange.header(CONSISTENCY)
                .or(() -> exchange.query("consistency"))
                .filter(STALE::equalsIgnoreCase)
                .isPresent();
    }

    private Sight stale(Exchange exchange, Leadership.Followed followed) {
        told(exchange, followed.sequence(), followed.age());
        var leader =
                leadership.role() instanceof Role.Following(var address, _)
                        ? Optional.of(address)
                        : Optional.<Leadership.Address>empty();
        return Sight.followed(
                new Sight.Elsewhere(leader),
                () ->
                        leadership
                                .followed()
                                .map(Leadership.Followed::cluster)
                                .orElse(followed.cluster()));
    }

    private static void told(Exchange exchange, long sequence, Duration age) {
        exchange.response().setHeader(SEQUENCE, Long.toString(sequence));
        exchange.response().setHeader(AGE, Long.toString(age.toMillis()));
    }

    /// Answers with the place of the leader, which may be this master.
    public void point(Exchange exchange, Leadership.Address self) throws IOException {
        switch (leadership.role()) {
            case Role.Leading _, Role.Recovering _ -> redirect(exchange, self, "");
            case Role.Following(var leader, _) -> redirect(exchange, leader, "");
            case Role.Leaderless _ -> exchange.unavailable("No leader elected");
        }
    }

    /// Sends a caller with its request to another master.
    public static void redirect(Exchange exchange, Leadership.Address to) throws IOException {
        redirect(exchange, to, target(exchange));
    }

    /// Without a scheme, so that whoever came by TLS goes on by TLS.
    private static void redirect(Exchange exchange, Leadership.Address to, String target)
            throws IOException {
        exchange.response().setHeader("Location", "//" + to.authority() + target);
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
