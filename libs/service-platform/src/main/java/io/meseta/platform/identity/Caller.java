package io.meseta.platform.identity;

import io.meseta.authorization.Subject;

/// Who sends a request. A controller takes one as a parameter.
///
/// The subject's groups are those of its credential; those of the bundle are added where it is
/// decided.
public record Caller(Subject subject, Proof proof) {

    /// Nobody has said who they are.
    public static final Caller ANONYMOUS = new Caller(Subject.ANONYMOUS, new Proof.None());

    /// Everybody in open mode.
    public static final Caller OPEN = new Caller(Subject.ANONYMOUS, new Proof.Open());

    /// The principal's name; empty if nobody has been authenticated.
    public String principal() {
        return subject.principal();
    }

    public boolean isAuthenticated() {
        return subject.isAuthenticated();
    }

    /// Whether nobody is asked who they are here.
    public boolean isOpen() {
        return proof instanceof Proof.Open;
    }
}
