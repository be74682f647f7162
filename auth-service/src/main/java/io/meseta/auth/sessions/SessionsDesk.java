package io.meseta.auth.sessions;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.secrets.Digest;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.secrets.SecretHashes;
import io.meseta.auth.tokens.IssuedToken;
import io.meseta.auth.tokens.TokenIssuer;
import io.meseta.authorization.SubjectKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Lets users in by their passwords, and keeps them in by refresh tokens.
public final class SessionsDesk {

    private static final int TOKEN_LENGTH_MAX = 128;
    private static final int PASSWORD_LENGTH_MAX = 1_024;

    private final Ledger ledger;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Revocations revocations;
    private final SecretHashes hashes;
    private final TokenIssuer issuer;
    private final Duration lifetime;

    /// @param lifetime of a session, however often it is refreshed
    public SessionsDesk(
            Ledger ledger,
            Sessions sessions,
            Accounts accounts,
            Revocations revocations,
            SecretHashes hashes,
            TokenIssuer issuer,
            Duration lifetime) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.accounts = accounts;
        this.revocations = revocations;
        this.hashes = hashes;
        this.issuer = issuer;
        this.lifetime = lifetime;
    }

    /// What a signed-in user goes on with.
    public record Pair(IssuedToken access, String refreshToken) {

        /// Hides the refresh token: texts end up in logs.
        @Override
        public String toString() {
            return "Pair[access=%s]".formatted(access);
        }
    }

    public Pair signIn(Caller by, String name, String password) {
        if (password.length() > PASSWORD_LENGTH_MAX) throw wrong();
        var user = accounts.find(name).filter(account -> account.kind() == SubjectKind.USER);
        var known = user.map(Account::hashes).orElse(List.of());
        if (!hashes.matches(password, known, 1)) throw wrong();
        return ledger.note(by.as(SubjectKind.USER, name), pen -> begin(pen, name));
    }

    private Pair begin(Pen pen, String user) {
        var open = sessions.open(user, pen.now());
        open.stream()
                .limit(Math.max(0, open.size() - Session.PER_USER_MAX + 1))
                .forEach(oldest -> sessions.save(oldest.end(pen.now())));
        var begun = revocations.notBefore(user).filter(pen.now()::isBefore).orElse(pen.now());
        var session = new Session(RandomText.id(), user, begun, pen.now().plus(lifetime), null);
        sessions.save(session);
        pen.did("sign-in", session);
        return pair(session);
    }

    private Pair pair(Session session) {
        var access = issuer.issue(SubjectKind.USER, session.user());
        var refreshToken = RandomText.secret();
        sessions.add(
                new RefreshToken(
                        Digest.hex(refreshToken),
                        session.id(),
                        access.id(),
                        access.expiresAt(),
                        false));
        return new Pair(access, refreshToken);
    }

    /// A new pair for a refresh token. One that was used before is in two hands, and nobody knows
    /// which of them is the user's: the session ends.
    public Pair refresh(Caller by, String refreshToken) {
        var token = find(refreshToken);
        var session = sessions.find(token.session()).orElseThrow(SessionsDesk::wrong);
        var user = by.as(SubjectKind.USER, session.user());
        var pair =
                ledger.<Optional<Pair>>note(
                        user,
                        pen -> {
                            if (!isGood(session, pen)) throw wrong();
                            if (!sessions.use(token.hash(), pen.now())) return Optional.empty();
                            return Optional.of(pair(session));
                        });
        if (pair.isPresent()) return pair.get();
        ledger.<Boolean>change(user, pen -> end(pen, session, "refresh-token-reuse"));
        throw wrong();
    }

    public void signOut(Caller by, String refreshToken) {
        var token = find(refreshToken);
        var session = sessions.find(token.session()).orElseThrow(SessionsDesk::wrong);
        ledger.<Boolean>change(
                by.as(SubjectKind.USER, session.user()),
                pen -> session.isOpen(pen.now()) && end(pen, session, "sign-out"));
    }

    /// Whoever holds one of its access tokens must be out too.
    private boolean end(Pen pen, Session session, String why) {
        sessions.save(session.end(pen.now()));
        sessions.tokens(session.id()).stream()
                .filter(token -> token.accessEndsAt().isAfter(pen.now()))
                .forEach(token -> revocations.voidToken(token.accessId(), token.accessEndsAt()));
        pen.did(why, session);
        return true;
    }

    private boolean isGood(Session session, Pen pen) {
        var isVoid = revocations.notBefore(session.user()).filter(session.begun()::isBefore);
        return session.isOpen(pen.now())
                && isVoid.isEmpty()
                && accounts.find(session.user()).filter(Account::isUsable).isPresent();
    }

    private RefreshToken find(String refreshToken) {
        if (refreshToken.length() > TOKEN_LENGTH_MAX) throw wrong();
        return sessions.findToken(Digest.hex(refreshToken)).orElseThrow(SessionsDesk::wrong);
    }

    private static Refused wrong() {
        return new Refused(new Refusal.WrongSecret());
    }
}
