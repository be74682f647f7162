package io.meseta.platform.credentials;

import org.jspecify.annotations.Nullable;

/// This service could not prove who it is: the auth-service is away, or refuses it. The message is
/// fit for a log and holds no secret.
public final class CredentialFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isAway;

    public CredentialFault(String message) {
        super(message);
        isAway = false;
    }

    public CredentialFault(String message, Throwable cause) {
        super(message, cause);
        isAway = false;
    }

    private CredentialFault(String message, @Nullable Throwable cause, boolean isAway) {
        super(message, cause);
        this.isAway = isAway;
    }

    /// Nobody was there to be asked.
    static CredentialFault away(String message, @Nullable Throwable cause) {
        return new CredentialFault(message, cause, true);
    }

    /// Whether nobody was there to be asked, in contrast to an answer that was no.
    boolean isAway() {
        return isAway;
    }
}
