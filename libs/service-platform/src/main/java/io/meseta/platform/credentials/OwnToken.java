package io.meseta.platform.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this service shows to others: a token of its own, fetched when the first is needed and
/// again before it ends.
///
/// ```java
/// own.header().ifPresent(header -> request.header("Authorization", header));
/// if (answer.statusCode() == 401) own.refused(header); // and ask once more
/// ```
public final class OwnToken {

    /// A token is exchanged when this part of its life is left, so that the other side may be a
    /// little ahead of us,
    private static final int LAST_PART = 5;

    /// and so early that what is left of it outlives a bundle, should the auth-service go away just
    /// then: an agent's token lives that much longer.
    private static final Duration AGE_MAX = Duration.ofMinutes(10);

    /// After a failure nobody asks again for so long,
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// or for so long while the old one is good.
    private static final Duration EASY_PAUSE = Duration.ofSeconds(15);

    private final @Nullable TokenSource source;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Grant grant;
    private @Nullable CredentialFault lastFault;
    private Instant pausedUntil = Instant.MIN;

    OwnToken(@Nullable TokenSource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        this.grant = source == null ? null : source.kept().orElse(null);
    }

    /// The value for an Authorization header; empty in open mode, where nobody asks for one.
    ///
    /// May wait for the auth-service, some seconds at most. While that is away, it is the token as
    /// long as that is good, and after that whatever proves the same, if anything does.
    ///
    /// @throws CredentialFault if there is no token and none can be had
    public Optional<String> header() {
        var from = source;
        if (from == null) return Optional.empty();
        var known = grant;
        var now = clock.instant();
        if (known != null && now.isBefore(freshUntil(known))) return Optional.of(header(known));
        if (known != null && now.isBefore(known.expires()))
            return Optional.of(header(again(known, from)));
        try {
            return Optional.of(header(renewed(from)));
        } catch (CredentialFault fault) {
            var substitute = fault.isAway() ? from.substitute() : Optional.<String>empty();
            if (substitute.isEmpty()) throw fault;
            return substitute;
        }
    }

    /// The same for what goes without if it must: empty as well if none can be had.
    public Optional<String> headerIfAny() {
        try {
            return header();
        } catch (CredentialFault _) {
            return Optional.empty();
        }
    }

    /// Says that `header` was answered with 401, so that the next caller gets a new token.
    public void refused(String header) {
        lock.lock();
        try {
            var known = grant;
            if (known != null && header(known).equals(header)) grant = null;
        } finally {
            lock.unlock();
        }
    }

    /// A newer one if it can be had: one caller asks, the others go on with what is good.
    private Grant again(Grant known, TokenSource from) {
        if (!lock.tryLock()) return known;
        try {
            if (clock.instant().isBefore(pausedUntil)) return known;
            return renewed(from);
        } catch (CredentialFault _) {
            pausedUntil = clock.instant().plus(EASY_PAUSE);
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Grant renewed(TokenSource from) {
        lock.lock();
        try {
            var now = clock.instant();
            var known = grant;
            if (known != null && now.isBefore(freshUntil(known))) return known;
            var fresh = fetch(from, now);
            grant = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    private Grant fetch(TokenSource from, Instant now) {
        var before = lastFault;
        if (before != null && now.isBefore(pausedUntil)) throw before;
        try {
            var fresh = from.fetch();
            lastFault = null;
            return fresh;
        } catch (CredentialFault fault) {
            lastFault = fault;
            pausedUntil = now.plus(PAUSE);
            throw fault;
        }
    }

    private static Instant freshUntil(Grant grant) {
        var life = Duration.between(grant.asked(), grant.expires());
        var early = grant.expires().minus(life.dividedBy(LAST_PART));
        var aged = grant.asked().plus(AGE_MAX);
        return aged.isBefore(early) ? aged : early;
    }

    private static String header(Grant grant) {
        return "Bearer " + grant.token();
    }
}
