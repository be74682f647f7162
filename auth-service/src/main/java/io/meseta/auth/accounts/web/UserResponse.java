package io.meseta.auth.accounts.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.accounts.Account;
import java.time.Instant;

/// A user as administrators see one.
record UserResponse(
        String name,
        String description,
        boolean locked,
        long version,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("changed_at") Instant changedAt) {

    static UserResponse of(Account user) {
        return new UserResponse(
                user.name(),
                user.description(),
                user.isLocked(),
                user.version(),
                user.createdAt(),
                user.changedAt());
    }
}
