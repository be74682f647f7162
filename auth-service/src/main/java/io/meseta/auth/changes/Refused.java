package io.meseta.auth.changes;

/// Carries a [Refusal] out of a change, which is thereby undone.
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public Refused(Refusal refusal) {
        // Nobody reads the trace of a refusal, and callers may make as many as they like.
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /// Refuses what breaks a rule that holds always.
    public static Refused invalid(String detail) {
        return new Refused(new Refusal.Invalid(detail));
    }

    public Refusal refusal() {
        return refusal;
    }
}
