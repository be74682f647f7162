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
                secret().orElseThrow(
                                () -> new CredentialFault("There is no secret in " + secretFile));
        var basic = basic(encoded(principal), encoded(secret));
        return door.token("grant_type=client_credentials", Optional.of(basic));
    }

    /// Every service knows the secret by its bundle.
    @Override
    public Optional<String> substitute() {
        return secret().map(secret -> basic(principal, secret));
    }

    private Optional<String> secret() {
        return PrivateFile.line(secretFile);
    }

    private static String basic(String name, String secret) {
        var pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /// RFC 6749, 2.3.1: both halves are form-encoded first.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
