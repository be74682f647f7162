package io.meseta.auth.revocations.web;

import static io.meseta.auth.web.Replies.needed;

import io.meseta.auth.changes.Caller;
import io.meseta.auth.revocations.RevocationsDesk;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/// Makes tokens void.
@Controller
@ResponseBody
@Tag(name = "revocations", description = "What is no longer good before it expires")
final class RevocationsController {

    private final RevocationsDesk desk;

    RevocationsController(RevocationsDesk desk) {
        this.desk = desk;
    }

    /// @param jti the token's id
    record TokenRequest(@Nullable String jti) {}

    record PrincipalRequest(@Nullable String principal) {}

    @Operation(operationId = "revokeToken", summary = "Make one token void, by its jti")
    @Allowed(Action.REVOKE_CREDENTIAL)
    @PostMapping("/auth/v1/tokens:revoke")
    ResponseEntity<Void> revokeToken(Caller by, @RequestBody TokenRequest body) {
        desk.voidToken(by, needed(body.jti(), "jti"));
        return ResponseEntity.noContent().build();
    }

    @Operation(
            operationId = "revokePrincipal",
            summary = "Make void all tokens and sessions that a principal has now",
            description = "It may get new ones; to keep it out, lock it.")
    @Allowed(Action.REVOKE_CREDENTIAL)
    @PostMapping("/auth/v1/principals:revoke")
    ResponseEntity<Void> revokePrincipal(Caller by, @RequestBody PrincipalRequest body) {
        desk.voidPrincipal(by, needed(body.principal(), "principal"));
        return ResponseEntity.noContent().build();
    }
}
