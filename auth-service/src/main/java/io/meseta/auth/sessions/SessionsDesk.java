package io.meseta.auth.sessions;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.secrets.Digest;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.tokens.IssuedToken;
import io.meseta.authorization.SubjectKind;
import java.util.Optional;

/// Lets users in by their passwords, and keeps them in by refresh tokens.
public final class SessionsDesk {

    private static final int TOKEN_LENGTH_MAX = 128;

    private final Ledger ledger;
    private final Sessions sessions;
    private final SessionKeeper keeper;

    public SessionsDesk(Ledger ledger, Sessions sessions, SessionKeeper keeper) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.keeper = keeper;
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
        keeper.check(name, password);
        return ledger.note(by.as(SubjectKind.USER, name), pen -> pair(keeper.begin(pen, name)));
    }

    private Pair pair(Session session) {
        var access = keeper.access(session);
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
        var session = keeper.find(token.session());
        var user = by.as(SubjectKind.USER, session.user());
        var pair =
                ledger.<Optional<Pair>>note(
                        user,
                        pen -> {
                            if (!keeper.isGood(session, pen)) throw SessionKeeper.wrong();
                            if (!sessions.use(token.hash(), pen.now())) return Optional.empty();
                            return Optional.of(pair(session));
                        });
        if (pair.isPresent()) return pair.get();
        ledger.<Boolean>change(user, pen -> keeper.end(pen, session, "refresh-token-reuse"));
        throw SessionKeeper.wrong();
    }

    public void signOut(Caller by, String refreshToken) {
        var session = keeper.find(find(refreshToken).session());
        ledger.<Boolean>change(
                by.as(SubjectKind.USER, session.user()), pen -> signOut(pen, session));
    }

    private boolean signOut(Pen pen, Session session) {
        return session.isOpen(pen.now()) && keeper.end(pen, session, "sign-out");
    }

    private RefreshToken find(String refreshToken) {
        if (refreshToken.length() > TOKEN_LENGTH_MAX) throw SessionKeeper.wrong();
        return sessions.findToken(Digest.hex(refreshToken)).orElseThrow(SessionKeeper::wrong);
    }
}
