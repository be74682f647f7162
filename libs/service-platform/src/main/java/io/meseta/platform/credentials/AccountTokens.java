package io.meseta.platform.credentials;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// Tokens for a service account, by its secret (OAuth 2 client credentials, client_secret_basic).
final class AccountTokens implements TokenSource {

    private final AuthDoor door;
    private final String principal;
    private final Path secretFile;

    AccountTokens(AuthDoor door, String principal, Path secretFile) {
        this.door = door;
        this.principal = principal;
        this.secretFile = secretFile;
    }

    /// Reads the file each time, so that a secret can be exchanged under a running service.
    @Override
    public Grant fetch() {
        var secret =
                PrivateFile.line(secretFile)
                        .orElseThrow(
                                () -> new CredentialFault("There is no secret in " + secretFile));
        var pair = encoded(principal) + ":" + encoded(secret);
        var basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return door.token("grant_type=client_credentials", Optional.of("Basic " + basic));
    }

    /// RFC 6749, 2.3.1: both halves are form-encoded first.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
