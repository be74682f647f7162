package io.meseta.platform.credentials;

/// This service could not prove who it is: the auth-service is away, or refuses it. The message is
/// fit for a log and holds no secret.
public final class CredentialFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CredentialFault(String message) {
        super(message);
    }

    public CredentialFault(String message, Throwable cause) {
        super(message, cause);
    }
}
