package io.meseta.gateway.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Who is signed in at a browser.
///
/// Tokens are kept in memory only, under the hash of a random id that only the browser has. So a
/// refresh token, which is good once, has one user; and a restart signs everybody out. Bounded: the
/// least recently used go first.
public final class Sessions {

    /// A token that ends so soon is renewed before it is used.
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(60);

    private static final int ID_BYTES = 32;

    private final SignIn signIn;
    private final Limits limits;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Session> byHash = new ConcurrentHashMap<>();

    /// @param idleMax a session that nobody used for so long is over
    /// @param lifeMax a session is over after so long, however busy
    /// @param sessionsMax how many there may be
    public record Limits(Duration idleMax, Duration lifeMax, int sessionsMax) {}

    Sessions(SignIn signIn, Limits limits, InstantSource clock) {
        this.signIn = signIn;
        this.limits = limits;
        this.clock = clock;
    }

    private static final class Session {

        private final ReentrantLock renewing = new ReentrantLock();
        private final Instant opened;
        private volatile Instant used;
        private volatile Tokens tokens;

        private Session(Tokens tokens, Instant now) {
            this.tokens = tokens;
            this.opened = now;
            this.used = now;
        }
    }

    /// What came of signing in.
    sealed interface Opening {

        /// @param header of the new session's user
        record Opened(String id, String header) implements Opening {}

        record Refused(int status) implements Opening {}

        record Silent() implements Opening {}
    }

    Opening open(String name, String password, String address) {
        return switch (signIn.open(name, password, address)) {
            case SignIn.Answer.Refused(var status) -> new Opening.Refused(status);
            case SignIn.Answer.Silent _ -> new Opening.Silent();
            case SignIn.Answer.Granted(var tokens) -> {
                var bytes = new byte[ID_BYTES];
                random.nextBytes(bytes);
                var id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                makeRoom();
                byHash.put(hash(id), new Session(tokens, clock.instant()));
                yield new Opening.Opened(id, tokens.header());
            }
        };
    }

    /// The Authorization header of whoever has this cookie; empty if the session is over. May wait
    /// for the auth-service.
    public Optional<String> header(String id) {
        var hash = hash(id);
        var session = byHash.get(hash);
        if (session == null) return Optional.empty();
        var now = clock.instant();
        if (isOver(session, now)) {
            byHash.remove(hash);
            return Optional.empty();
        }
        session.used = now;
        var tokens = session.tokens;
        if (now.isBefore(tokens.expires().minus(RENEWED_BEFORE)))
            return Optional.of(tokens.header());
        return renewed(hash, session);
    }

    private boolean isOver(Session session, Instant now) {
        return now.isAfter(session.used.plus(limits.idleMax()))
                || now.isAfter(session.opened.plus(limits.lifeMax()));
    }

    /// One at a time for each session: a second use of a refresh token would end it.
    private Optional<String> renewed(String hash, Session session) {
        session.renewing.lock();
        try {
            var tokens = session.tokens;
            var now = clock.instant();
            if (now.isBefore(tokens.expires().minus(RENEWED_BEFORE))) {
                return Optional.of(tokens.header());
            }
            return switch (signIn.refresh(tokens.refresh())) {
                case SignIn.Answer.Granted(var fresh) -> {
                    session.tokens = fresh;
                    yield Optional.of(fresh.header());
                }
                case SignIn.Answer.Refused _ -> {
                    byHash.remove(hash);
                    yield Optional.empty();
                }
                // The old one will do while it lasts.
                case SignIn.Answer.Silent _ ->
                        now.isBefore(tokens.expires())
                                ? Optional.of(tokens.header())
                                : Optional.empty();
            };
        } finally {
            session.renewing.unlock();
        }
    }

    void close(String id) {
        var session = byHash.remove(hash(id));
        if (session != null) signIn.close(session.tokens.refresh());
    }

    /// How many there are. For metrics.
    int size() {
        return byHash.size();
    }

    private void makeRoom() {
        var now = clock.instant();
        byHash.values().removeIf(session -> isOver(session, now));
        while (byHash.size() >= limits.sessionsMax()) {
            byHash.entrySet().stream()
                    .min(Comparator.comparing(each -> each.getValue().used))
                    .map(Map.Entry::getKey)
                    .ifPresent(byHash::remove);
        }
    }

    private static String hash(String id) {
        try {
            var bytes = id.getBytes(UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
