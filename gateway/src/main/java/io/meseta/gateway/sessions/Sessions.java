package io.meseta.gateway.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// Who is signed in at a browser.
///
/// A browser's cookie is a key that the auth-service gave; what is kept here is the access token
/// that it was last good for, under the key's hash. So any gateway serves any browser, and one that
/// was restarted asks again. Bounded: the least recently used go first.
public final class Sessions {

    /// A token that ends so soon is renewed before it is used.
    private static final Duration RENEWED_BEFORE = Duration.ofSeconds(60);

    /// What no key can be is not asked about.
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{20,128}");

    private final SignIn signIn;
    private final int sessionsMax;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Session> byHash = new ConcurrentHashMap<>();

    /// @param sessionsMax of how many browsers a token is remembered
    Sessions(SignIn signIn, int sessionsMax, InstantSource clock) {
        this.signIn = signIn;
        this.sessionsMax = sessionsMax;
        this.clock = clock;
    }

    private static final class Session {

        private final ReentrantLock renewing = new ReentrantLock();
        private volatile Instant used;
        private volatile Access access;

        private Session(Access access, Instant now) {
            this.access = access;
            this.used = now;
        }
    }

    /// What came of signing in.
    sealed interface Opening {

        /// @param key what the browser keeps
        record Opened(String key) implements Opening {

            /// Hides the key: texts end up in logs.
            @Override
            public String toString() {
                return "Opened[]";
            }
        }

        record Refused(int status) implements Opening {}

        record Silent() implements Opening {}
    }

    /// Whose request it is.
    public sealed interface Holder {

        /// @param header as it stands in an Authorization header
        record Known(String header) implements Holder {

            /// Hides the token: texts end up in logs.
            @Override
            public String toString() {
                return "Known[]";
            }
        }

        /// The session is over, or there never was one.
        record Nobody() implements Holder {}

        /// The auth-service does not answer, so nobody can tell.
        record Untold() implements Holder {}
    }

    Opening open(String name, String password, String address) {
        return switch (signIn.open(name, password, address)) {
            case SignIn.Answer.Refused(var status) -> new Opening.Refused(status);
            case SignIn.Answer.Silent _ -> new Opening.Silent();
            case SignIn.Answer.Granted(var access, var key) -> {
                remember(hash(key), access);
                yield new Opening.Opened(key);
            }
        };
    }

    /// Who has this cookie. May wait for the auth-service.
    ///
    /// @param address the browser's: wrong keys count against it
    public Holder holder(String key, String address) {
        if (!KEY.matcher(key).matches()) return new Holder.Nobody();
        var hash = hash(key);
        var session = byHash.get(hash);
        if (session == null) return asked(hash, key, address);
        var now = clock.instant();
        session.used = now;
        var access = session.access;
        if (isFresh(access, now)) return new Holder.Known(access.header());
        return renewed(hash, session, key, address);
    }

    private static boolean isFresh(Access access, Instant now) {
        return now.isBefore(access.expires().minus(RENEWED_BEFORE));
    }

    private Holder asked(String hash, String key, String address) {
        return switch (signIn.access(key, address)) {
            case SignIn.Answer.Granted(var access, _) -> {
                remember(hash, access);
                yield new Holder.Known(access.header());
            }
            case SignIn.Answer.Refused _ -> new Holder.Nobody();
            case SignIn.Answer.Silent _ -> new Holder.Untold();
        };
    }

    /// One at a time for each session: a page asks for many things at once.
    private Holder renewed(String hash, Session session, String key, String address) {
        session.renewing.lock();
        try {
            var access = session.access;
            var now = clock.instant();
            if (isFresh(access, now)) return new Holder.Known(access.header());
            return switch (signIn.access(key, address)) {
                case SignIn.Answer.Granted(var fresh, _) -> {
                    session.access = fresh;
                    yield new Holder.Known(fresh.header());
                }
                case SignIn.Answer.Refused _ -> {
                    byHash.remove(hash, session);
                    yield new Holder.Nobody();
                }
                // The old one will do while it lasts.
                case SignIn.Answer.Silent _ ->
                        now.isBefore(access.expires())
                                ? new Holder.Known(access.header())
                                : new Holder.Untold();
            };
        } finally {
            session.renewing.unlock();
        }
    }

    void close(String key, String address) {
        if (!KEY.matcher(key).matches()) return;
        byHash.remove(hash(key));
        signIn.close(key, address);
    }

    /// Of how many browsers a token is remembered. For metrics.
    int size() {
        return byHash.size();
    }

    private void remember(String hash, Access access) {
        var now = clock.instant();
        byHash.values().removeIf(session -> now.isAfter(session.access.expires()));
        while (byHash.size() >= sessionsMax) {
            byHash.entrySet().stream()
                    .min(Comparator.comparing(each -> each.getValue().used))
                    .map(Map.Entry::getKey)
                    .ifPresent(byHash::remove);
        }
        byHash.put(hash, new Session(access, now));
    }

    private static String hash(String key) {
        try {
            var bytes = key.getBytes(UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }
}
