package io.meseta.platform.access;

import io.meseta.authorization.Action;
import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.Target;
import io.meseta.platform.identity.Authenticator;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Recognition;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;

/// Where a request comes from: the other end of its connection; or, if that is our gateway, where
/// the gateway has it from.
///
/// Anybody can send `X-Forwarded-For`. It is believed of a service account that may fetch bundles,
/// and says so by its own token in a header of its own: whoever has all hashes need not guess.
public final class CallerAddress {

    /// Whom the request was sent on for.
    public static final String TOLD = "X-Forwarded-For";

    /// The token of who sent it on, as it would stand in an Authorization header.
    public static final String PROOF = "X-Meseta-Gateway";

    private static final String BEARER = "Bearer ";

    private final Authenticator authenticator;
    private final Access access;

    CallerAddress(Authenticator authenticator, Access access) {
        this.authenticator = authenticator;
        this.access = access;
    }

    public String of(HttpServletRequest request) {
        var end = request.getRemoteAddr();
        var told = request.getHeader(TOLD);
        var proof = request.getHeader(PROOF);
        // Tokens only: a secret here would be a way to guess without being counted.
        if (told == null || proof == null || !proof.startsWith(BEARER)) return end;
        return isAddress(told) && isBelieved(proof, end) ? told : end;
    }

    private boolean isBelieved(String proof, String end) {
        return authenticator.recognise(proof, end) instanceof Recognition.Known(Caller caller)
                && caller.subject().kind() == SubjectKind.SERVICE_ACCOUNT
                && access.decide(
                                caller,
                                Action.FETCH_BUNDLE,
                                Target.of(Action.FETCH_BUNDLE.target()))
                        .isAllowed();
    }

    private static boolean isAddress(String text) {
        try {
            return !InetAddress.ofLiteral(text).isAnyLocalAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
