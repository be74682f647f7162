package io.meseta.platform.identity;

import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.identity.Recognition.Known;
import io.meseta.platform.identity.Recognition.NotYet;
import io.meseta.platform.identity.Recognition.Scheme;
import io.meseta.platform.identity.Recognition.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Recognises callers by what the bundle says of them, without asking anybody.
///
/// Routes of Spring MVC need not call it: their callers are looked at when the route's policy says
/// so. It is here for doors that are no such routes, and for streams that outlive a bundle.
public final class Authenticator {

    /// A secret that was right is believed for so long without being checked again.
    private static final Duration SECRET_REMEMBERED = Duration.ofSeconds(30);

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final boolean isOpen;
    private final InstantSource clock;
    private final SecretCheck secrets = new SecretCheck();
    private volatile @Nullable Era era;

    Authenticator(CurrentBundle current, boolean isOpen, InstantSource clock) {
        this.isOpen = isOpen;
        this.clock = clock;
        current.onChange(bundle -> era = new Era(bundle));
    }

    /// Recognises whoever sends this Authorization header. May take tens of milliseconds, and wait
    /// a little, when a secret is seen for the first time.
    ///
    /// @param authorization the header's value; empty if there is none
    /// @param address where the request comes from, for limits on wrong secrets
    public Recognition recognise(String authorization, String address) {
        if (isOpen) return new Known(Caller.OPEN);
        if (authorization.isBlank()) return new Known(Caller.ANONYMOUS);
        var now = clock.instant();
        var at = era;
        if (at == null) return new NotYet();
        if (startsWith(authorization, BEARER)) {
            return remembered(authorization, at, now)
                    .orElseGet(() -> token(authorization, at, now));
        }
        if (startsWith(authorization, BASIC)) {
            return remembered(authorization, at, now)
                    .orElseGet(() -> secret(authorization, address, at, now));
        }
        return new Unknown(Scheme.OTHER, "The credentials are neither Bearer nor Basic.");
    }

    /// The version of the bundle by which callers are recognised, 0 before the first. Once it has
    /// risen, everything else decides by that bundle too.
    public long version() {
        var at = era;
        return at == null ? 0 : at.bundle().version();
    }

    /// Whether a caller who was recognised earlier, and is still connected, has not been revoked
    /// since. A token that has merely expired is no reason to hang up.
    public boolean isStillGood(Caller caller) {
        var at = era;
        return switch (caller.proof()) {
            case Proof.None _, Proof.Open _ -> true;
            case Proof.Token token ->
                    at == null
                            || TokenCheck.revoked(
                                            caller.principal(), token, at.bundle().identities())
                                    .isEmpty();
            case Proof.Secret secret ->
                    at == null
                            || SecretCheck.isStillGood(
                                    caller.principal(),
                                    secret,
                                    at.bundle().identities(),
                                    clock.instant());
        };
    }

    private static Optional<Recognition> remembered(String authorization, Era at, Instant now) {
        var remembered = at.remembered();
        return remembered.find(remembered.name(authorization), now).map(Known::new);
    }

    private static Recognition token(String authorization, Era at, Instant now) {
        var answer = TokenCheck.check(authorization.substring(BEARER.length()).strip(), at, now);
        if (answer instanceof Known(var caller) && caller.proof() instanceof Proof.Token token) {
            remember(authorization, caller, token.expires().plus(TokenCheck.SKEW_MAX), at, now);
        }
        return answer;
    }

    private Recognition secret(String authorization, String address, Era at, Instant now) {
        var encoded = authorization.substring(BASIC.length()).strip();
        var answer = secrets.check(encoded, address, at.bundle().identities(), now);
        if (answer instanceof Known(var caller)) {
            remember(authorization, caller, now.plus(SECRET_REMEMBERED), at, now);
        }
        return answer;
    }

    private static void remember(
            String authorization, Caller caller, Instant until, Era at, Instant now) {
        at.remembered().add(at.remembered().name(authorization), caller, until, now);
    }

    private static boolean startsWith(String header, String scheme) {
        return header.regionMatches(true, 0, scheme, 0, scheme.length());
    }
}
