package io.meseta.platform.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/// The caller of a request: looked at when first asked for, and remembered with the request.
///
/// So a route that is for everybody costs nobody a hash, and one with a wrong password still
/// answers there, as Mesos' own do.
public final class Callers {

    private static final String ANSWER = Callers.class.getName();
    private static final String HEADER = "Authorization";

    private final Authenticator authenticator;

    Callers(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /// What came of looking at the request's credential.
    public Recognition recognise(HttpServletRequest request) {
        if (request.getAttribute(ANSWER) instanceof Recognition known) return known;
        var answer = fresh(request);
        request.setAttribute(ANSWER, answer);
        return answer;
    }

    /// The caller; [Caller#ANONYMOUS] if there is no credential, or none that is good.
    public Caller of(HttpServletRequest request) {
        return recognise(request) instanceof Recognition.Known(var caller)
                ? caller
                : Caller.ANONYMOUS;
    }

    private Recognition fresh(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HEADER));
        if (headers.size() > 1) {
            return new Recognition.Unknown(
                    Recognition.Scheme.OTHER, "There is more than one Authorization header.");
        }
        var header = headers.isEmpty() ? "" : headers.getFirst();
        return authenticator.recognise(header, request.getRemoteAddr());
    }
}
