package io.meseta.auth.revocations;

import io.meseta.auth.changes.Audited;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes tokens void before they expire.
public final class RevocationsDesk {

    private static final Pattern TOKEN_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern PRINCIPAL = Pattern.compile("[A-Za-z0-9._@/-]{1,160}");

    private final Ledger ledger;
    private final Revocations revocations;
    private final Duration tokenLifetime;

    /// @param tokenLifetime the longest that a token is good for
    public RevocationsDesk(Ledger ledger, Revocations revocations, Duration tokenLifetime) {
        this.ledger = ledger;
        this.revocations = revocations;
        this.tokenLifetime = tokenLifetime;
    }

    public void voidToken(Caller by, String id) {
        if (!TOKEN_ID.matcher(id).matches()) throw Refused.invalid("That is no token's id (jti).");
        ledger.<Boolean>change(
                by,
                pen -> {
                    if (revocations.countTokens() >= Revocations.TOKENS_MAX) {
                        throw new Refused(
                                new Refusal.TooMany("revoked tokens", Revocations.TOKENS_MAX));
                    }
                    var until = pen.now().plus(tokenLifetime);
                    revocations.voidToken(id, until);
                    pen.did("revoke", new Revoked("tokens/" + id, until));
                    return true;
                });
    }

    /// Makes void whatever tokens and sessions this principal has now.
    public void voidPrincipal(Caller by, String principal) {
        if (!PRINCIPAL.matcher(principal).matches()) {
            throw Refused.invalid("That is no principal's name.");
        }
        ledger.<Boolean>change(
                by,
                pen -> {
                    var at = nextSecond(pen.now());
                    revocations.voidBefore(principal, at);
                    pen.did("revoke", new Revoked("principals/" + principal, at));
                    return true;
                });
    }

    /// Tokens tell the second of their issue, so those of this very second must go too.
    public static Instant nextSecond(Instant now) {
        return Instant.ofEpochSecond(now.getEpochSecond() + 1);
    }

    private record Revoked(String resource, Instant at) implements Audited {
        @Override
        public SortedMap<String, Object> facts() {
            return new TreeMap<>(Map.of("at", at.toString()));
        }
    }
}
