package io.meseta.auth.accounts.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.AccountsDesk.Issued;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service account as administrators see one.
///
/// @param secret there once, when it was just made
record ServiceAccountResponse(
        String name,
        String description,
        boolean locked,
        List<SecretResponse> secrets,
        long version,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("changed_at") Instant changedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    /// Which secrets there are, not what they are.
    record SecretResponse(String id, @JsonProperty("created_at") Instant createdAt) {}

    static ServiceAccountResponse of(Account account) {
        return of(account, null);
    }

    static ServiceAccountResponse of(Issued issued) {
        return of(issued.account(), issued.secret());
    }

    private static ServiceAccountResponse of(Account account, @Nullable String secret) {
        return new ServiceAccountResponse(
                account.name(),
                account.description(),
                account.isLocked(),
                account.secrets().stream()
                        .map(each -> new SecretResponse(each.id(), each.createdAt()))
                        .toList(),
                account.version(),
                account.createdAt(),
                account.changedAt(),
                secret);
    }

    /// Hides the secret: texts end up in logs.
    @Override
    public String toString() {
        return "ServiceAccountResponse[name=" + name + "]";
    }
}
