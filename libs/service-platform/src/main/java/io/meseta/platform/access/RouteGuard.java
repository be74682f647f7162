package io.meseta.platform.access;

import io.meseta.authorization.Verdict;
import io.meseta.platform.identity.Caller;
import io.meseta.platform.identity.Callers;
import io.meseta.platform.identity.Recognition;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Lets a route's callers pass, or answers them that they may not.
public final class RouteGuard {

    private final Callers callers;
    private final Denials denials;

    RouteGuard(Callers callers, Denials denials) {
        this.callers = callers;
        this.denials = denials;
    }

    /// Whether the caller has said who they are, or need not; else the request is answered.
    public boolean isKnown(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var recognition = callers.recognise(request);
        if (recognition instanceof Recognition.Known(var caller) && isSomebody(caller)) return true;
        denials.turnAway(request, response, recognition);
        return false;
    }

    private static boolean isSomebody(Caller caller) {
        return caller.isAuthenticated() || caller.isOpen();
    }

    Caller caller(HttpServletRequest request) {
        return callers.of(request);
    }

    void deny(HttpServletRequest request, HttpServletResponse response, Verdict.Denied denied)
            throws IOException {
        denials.deny(request, response, denied);
    }
}
