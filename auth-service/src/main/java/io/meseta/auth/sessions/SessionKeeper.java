package io.meseta.auth.sessions;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.secrets.SecretHashes;
import io.meseta.auth.tokens.IssuedToken;
import io.meseta.auth.tokens.TokenIssuer;
import io.meseta.authorization.SubjectKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How sessions begin, last and end, whatever keeps a user in.
public final class SessionKeeper {

    private static final int PASSWORD_LENGTH_MAX = 1_024;

    private final Sessions sessions;
    private final Accounts accounts;
    private final Revocations revocations;
    private final SecretHashes hashes;
    private final TokenIssuer issuer;
    private final Duration lifetime;

    /// @param lifetime of a session, whatever happens in it
    public SessionKeeper(
            Sessions sessions,
            Accounts accounts,
            Revocations revocations,
            SecretHashes hashes,
            TokenIssuer issuer,
            Duration lifetime) {
        this.sessions = sessions;
        this.accounts = accounts;
        this.revocations = revocations;
        this.hashes = hashes;
        this.issuer = issuer;
        this.lifetime = lifetime;
    }

    /// @throws Refused the same of a wrong password and of a name that nobody has
    void check(String name, String password) {
        if (password.length() > PASSWORD_LENGTH_MAX) throw wrong();
        var user = accounts.find(name).filter(account -> account.kind() == SubjectKind.USER);
        var known = user.map(Account::hashes).orElse(List.of());
        if (!hashes.matches(password, known, 1)) throw wrong();
    }

    /// Signs in a user whose password was right. Their oldest session ends if there are too many.
    Session begin(Pen pen, String user) {
        var open = sessions.open(user, pen.now());
        open.stream()
                .limit(Math.max(0, open.size() - Session.PER_USER_MAX + 1))
                .forEach(oldest -> sessions.save(oldest.end(pen.now())));
        var begun = revocations.notBefore(user).filter(pen.now()::isBefore).orElse(pen.now());
        var session = new Session(RandomText.id(), user, begun, pen.now().plus(lifetime), null);
        sessions.save(session);
        pen.did("sign-in", session);
        return session;
    }

    IssuedToken access(Session session) {
        return issuer.issue(SubjectKind.USER, session.user());
    }

    boolean isGood(Session session, Pen pen) {
        var isVoid = revocations.notBefore(session.user()).filter(session.begun()::isBefore);
        return session.isOpen(pen.now())
                && isVoid.isEmpty()
                && accounts.find(session.user()).filter(Account::isUsable).isPresent();
    }

    /// Whoever holds one of its access tokens must be out too.
    boolean end(Pen pen, Session session, String why) {
        sessions.save(session.end(pen.now()));
        var refreshed =
                sessions.tokens(session.id()).stream()
                        .map(token ->
                                new GivenToken(
                                        token.accessId(), session.id(), token.accessEndsAt()));
        Stream.concat(refreshed, sessions.given(session.id(), pen.now()).stream())
                .filter(token -> token.endsAt().isAfter(pen.now()))
                .forEach(token -> revocations.voidToken(token.id(), token.endsAt()));
        pen.did(why, session);
        return true;
    }

    Session find(String id) {
        return sessions.find(id).orElseThrow(SessionKeeper::wrong);
    }

    static Refused wrong() {
        return new Refused(new Refusal.WrongSecret());
    }
}
