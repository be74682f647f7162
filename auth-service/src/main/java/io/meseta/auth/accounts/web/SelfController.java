package io.meseta.auth.accounts.web;

import static io.meseta.auth.web.Replies.needed;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.accounts.AccountsDesk;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.limits.Attempts;
import io.meseta.authorization.Subject;
import io.meseta.authorization.SubjectKind;
import io.meseta.platform.access.Authenticated;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.bundles.KnownBundle;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/// Whoever is asking.
@Controller
@ResponseBody
@RequestMapping("/auth/v1/me")
@Tag(name = "me", description = "Whoever is asking")
final class SelfController {

    private final AccountsDesk desk;
    private final CurrentBundle current;
    private final Attempts attempts;

    SelfController(AccountsDesk desk, CurrentBundle current, Attempts attempts) {
        this.desk = desk;
        this.current = current;
        this.attempts = attempts;
    }

    record SelfResponse(String principal, String kind, Collection<String> groups) {}

    record PasswordRequest(
            @JsonProperty("old_password") @Nullable String oldPassword, @Nullable String password) {

        /// Hides the passwords: texts end up in logs.
        @Override
        public String toString() {
            return "PasswordRequest[]";
        }
    }

    @Operation(operationId = "showSelf", summary = "Who you are, and which groups you are in")
    @Authenticated
    @GetMapping
    SelfResponse show(Caller by) {
        if (by.kind() == SubjectKind.ANONYMOUS) {
            return new SelfResponse("", by.kind().text(), List.of());
        }
        var subject = Subject.of(by.kind(), by.principal());
        var complete = current.known().map(KnownBundle::groups).map(each -> each.complete(subject));
        return new SelfResponse(
                by.principal(), by.kind().text(), complete.orElse(subject).groups());
    }

    @Operation(
            operationId = "changeOwnPassword",
            summary = "Give yourself another password",
            description = "All your sessions end: sign in again.")
    @Authenticated
    @PutMapping("/password")
    ResponseEntity<Void> changePassword(Caller by, @RequestBody PasswordRequest body) {
        var old = needed(body.oldPassword(), "old_password");
        var password = needed(body.password(), "password");
        attempts.checking(
                by.address(),
                by.principal(),
                () -> desk.exchangePassword(by, by.principal(), old, password));
        return ResponseEntity.noContent().build();
    }
}
