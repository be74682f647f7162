package io.meseta.auth.changes;

import io.meseta.authorization.SubjectKind;

/// Who asks for something, and from where.
///
/// @param address the peer's address as seen here; empty for the service itself
/// @param request the id under which the log knows the request; empty for the service itself
public record Caller(String principal, SubjectKind kind, String address, String request) {

    /// The service itself: at its first start, and when time has passed.
    public static final Caller ITSELF =
            new Caller("auth-service", SubjectKind.SERVICE_ACCOUNT, "", "");

    /// Somebody at `address` who has shown nothing yet.
    public static Caller unknown(String address, String request) {
        return new Caller("", SubjectKind.ANONYMOUS, address, request);
    }

    /// The same request, of which is now known who makes it.
    public Caller as(SubjectKind known, String name) {
        return new Caller(name, known, address, request);
    }
}
