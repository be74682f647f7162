package io.meseta.auth.sessions;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.changes.Ledger.Pen;
import io.meseta.auth.secrets.Digest;
import io.meseta.auth.secrets.RandomText;
import io.meseta.auth.tokens.IssuedToken;
import io.meseta.authorization.SubjectKind;
import java.time.Duration;

/// Keeps users in whose browsers have a cookie from one of several gateways.
///
/// The cookie is a key that is good again and again: gateways share nothing, and two of them that
/// ask at once must both be answered. So it is of use to a service only, and only it may show it
/// here; and a session whose key nobody has shown for a while is over.
public final class BrowserSessionsDesk {

    private static final int KEY_LENGTH_MAX = 128;

    private final Ledger ledger;
    private final Sessions sessions;
    private final SessionKeeper keeper;
    private final Duration idleMax;

    /// @param idleMax a session whose key was not shown for so long is over
    public BrowserSessionsDesk(
            Ledger ledger, Sessions sessions, SessionKeeper keeper, Duration idleMax) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.keeper = keeper;
        this.idleMax = idleMax;
    }

    /// A browser that is signed in.
    public record Opened(IssuedToken access, String key) {

        /// Hides the key: texts end up in logs.
        @Override
        public String toString() {
            return "Opened[access=%s]".formatted(access);
        }
    }

    public Opened signIn(Caller by, String name, String password) {
        keeper.check(name, password);
        return ledger.note(
                by.as(SubjectKind.USER, name),
                pen -> {
                    var session = keeper.begin(pen, name);
                    var key = RandomText.secret();
                    return new Opened(access(pen, session, Digest.hex(key)), key);
                });
    }

    /// An access token for a key.
    public IssuedToken access(Caller by, String key) {
        var known = find(key);
        var session = keeper.find(known.session());
        return ledger.note(
                by.as(SubjectKind.USER, session.user()),
                pen -> {
                    if (!isGood(known, session, pen)) throw SessionKeeper.wrong();
                    return access(pen, session, known.hash());
                });
    }

    private IssuedToken access(Pen pen, Session session, String hash) {
        var access = keeper.access(session);
        sessions.save(new SessionKey(hash, session.id(), pen.now()));
        sessions.add(new GivenToken(access.id(), session.id(), access.expiresAt()));
        return access;
    }

    private boolean isGood(SessionKey key, Session session, Pen pen) {
        return pen.now().isBefore(key.used().plus(idleMax)) && keeper.isGood(session, pen);
    }

    public void signOut(Caller by, String key) {
        var session = keeper.find(find(key).session());
        ledger.<Boolean>change(
                by.as(SubjectKind.USER, session.user()),
                pen -> session.isOpen(pen.now()) && keeper.end(pen, session, "sign-out"));
    }

    private SessionKey find(String key) {
        if (key.length() > KEY_LENGTH_MAX) throw SessionKeeper.wrong();
        return sessions.findKey(Digest.hex(key)).orElseThrow(SessionKeeper::wrong);
    }
}
