package io.meseta.auth.bootstrap;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.changes.Names;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.secrets.PhcText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom the first start makes (decision 0011). Hashes only: whoever wrote it keeps the secrets.
record BootstrapFile(
        @Nullable Administrator administrator,
        @JsonProperty("service_accounts") @Nullable List<ServiceAccount> serviceAccounts,
        @JsonProperty("join_tokens") @Nullable List<JoinToken> joinTokens) {

    record Administrator(
            @Nullable String name, @JsonProperty("password_hash") @Nullable String passwordHash) {}

    record ServiceAccount(
            @Nullable String name,
            @JsonProperty("secret_hash") @Nullable String secretHash,
            @Nullable List<String> groups) {}

    record JoinToken(
            @Nullable String hash, @JsonProperty("expires_at") @Nullable String expiresAt) {}

    List<ServiceAccount> accounts() {
        return serviceAccounts == null ? List.of() : serviceAccounts;
    }

    List<JoinToken> tokens() {
        return joinTokens == null ? List.of() : joinTokens;
    }

    /// What is wrong with it, as the end of a sentence; empty if nothing is.
    Optional<String> problem() {
        if (administrator == null) return Optional.of("names no administrator");
        if (!isPrincipal(administrator.name(), administrator.passwordHash())) {
            return Optional.of(
                    "must give the administrator a name, and a password_hash that is Argon2id in"
                            + " PHC form");
        }
        for (var account : accounts()) {
            if (!isPrincipal(account.name(), account.secretHash())) {
                return Optional.of(
                        "must give each of service_accounts a name, and a secret_hash that is"
                                + " Argon2id in PHC form");
            }
        }
        for (var token : tokens()) {
            if (token.hash() == null || !token.hash().matches("[0-9a-f]{64}")) {
                return Optional.of(
                        "must give each of join_tokens a hash that is SHA-256 in small hex digits");
            }
            if (expiry(token).isEmpty()) {
                return Optional.of(
                        "must give each of join_tokens a time as expires_at, such as"
                                + " 2027-01-01T00:00:00Z");
            }
        }
        return Optional.empty();
    }

    static Optional<Instant> expiry(JoinToken token) {
        try {
            return Optional.ofNullable(token.expiresAt()).map(Instant::parse);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static boolean isPrincipal(@Nullable String name, @Nullable String hash) {
        if (name == null || hash == null || !PhcText.isAcceptable(hash)) return false;
        try {
            return !Names.account(name).isEmpty();
        } catch (Refused _) {
            return false;
        }
    }
}
