package io.meseta.platform.bodies;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/// An answer that says when its connection ends with it.
///
/// Whoever is refused may still be sending, and the connection can't be used for another request
/// before all of that has been read. It is closed then; a client that is not told sends its next
/// request into the void (RFC 9112, 9.6).
final class RefusingResponse extends HttpServletResponseWrapper {

    private static final int REFUSED_MIN = 400;

    private final BodyLimitedRequest request;

    RefusingResponse(HttpServletResponse response, BodyLimitedRequest request) {
        super(response);
        this.request = request;
    }

    @Override
    public void setStatus(int status) {
        sayWhetherItEnds(status);
        super.setStatus(status);
    }

    @Override
    public void sendError(int status) throws IOException {
        sayWhetherItEnds(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        sayWhetherItEnds(status);
        super.sendError(status, message);
    }

    private void sayWhetherItEnds(int status) {
        if (status < REFUSED_MIN || isCommitted() || request.skipped()) return;
        setHeader("Connection", "close");
    }
}
