package io.meseta.gateway.door;

import io.meseta.gateway.forwarding.Inbound;
import io.meseta.gateway.sessions.SessionCookie;
import io.meseta.gateway.sessions.Sessions;
import io.meseta.platform.identity.Authenticator;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Recognition;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/// Finds out who calls: by the Authorization header, and without one by the session's cookie.
final class Identification {

    private final Authenticator authenticator;
    private final Optional<Sessions> sessions;

    Identification(Authenticator authenticator, Optional<Sessions> sessions) {
        this.authenticator = authenticator;
        this.sessions = sessions;
    }

    sealed interface Answer {

        /// @param authorization the header that goes on; empty if there is none
        record Known(Caller caller, String authorization) implements Answer {}

        record Unknown(Recognition recognition) implements Answer {}

        /// There is a session's cookie, and nobody can tell whose.
        record Untold() implements Answer {}

        /// A browser sent the cookie on behalf of another site's page.
        record Forged() implements Answer {}
    }

    /// May wait: a secret that is new costs a hash, a session may need a new token.
    Answer identify(Inbound inbound) {
        var fields = inbound.headers().getFields(HttpHeader.AUTHORIZATION);
        if (fields.size() > 1) {
            return new Answer.Unknown(
                    new Recognition.Unknown(
                            Recognition.Scheme.OTHER,
                            "There is more than one Authorization header."));
        }
        var header = inbound.headers().get(HttpHeader.AUTHORIZATION);
        if (header == null) {
            var cookie = SessionCookie.key(inbound.headers());
            if (cookie.isPresent() && sessions.isPresent()) {
                if (needsOwnPage(inbound) && !Origins.isOwn(inbound)) return new Answer.Forged();
                return switch (sessions.get().holder(cookie.get(), inbound.address())) {
                    case Sessions.Holder.Known(var known) -> recognise(inbound, known);
                    case Sessions.Holder.Nobody _ -> recognise(inbound, "");
                    case Sessions.Holder.Untold _ -> new Answer.Untold();
                };
            }
        }
        return recognise(inbound, header == null ? "" : header);
    }

    private Answer recognise(Inbound inbound, String header) {
        return switch (authenticator.recognise(header, inbound.address())) {
            case Recognition.Known(var caller) -> new Answer.Known(caller, header);
            case Recognition.Unknown unknown -> new Answer.Unknown(unknown);
            case Recognition.TooMany tooMany -> new Answer.Unknown(tooMany);
            case Recognition.NotYet notYet -> new Answer.Unknown(notYet);
        };
    }

    /// A handshake is a GET that opens a way in; browsers let every page make one.
    private static boolean needsOwnPage(Inbound inbound) {
        return !inbound.isSafe() || inbound.isWebSocket();
    }
}
