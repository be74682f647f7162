package io.meseta.auth.keys.web;

import static io.meseta.auth.web.Replies.needed;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.keys.Purpose;
import io.meseta.auth.keys.SigningKey;
import io.meseta.auth.web.Made;
import io.meseta.auth.web.Once;
import io.meseta.auth.web.PageResponse;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseBody;

/// Keys: what is trusted, and rotation.
@Controller
@ResponseBody
@Tag(name = "keys", description = "What signs tokens and bundles")
final class KeysController {

    private final KeysDesk desk;
    private final Once once;
    private final InstantSource time;

    KeysController(KeysDesk desk, Once once, InstantSource time) {
        this.desk = desk;
        this.once = once;
        this.time = time;
    }

    /// @param purpose `token` or `bundle`
    /// @param atOnce for the case that a token key was stolen: what the old ones signed is void
    record RotateRequest(
            @Nullable String purpose, @JsonProperty("at_once") @Nullable Boolean atOnce) {}

    /// @param publicKey SPKI in base64; for a bundle key, `ID PUBLIC-KEY` is its line in trust
    ///   files
    /// @param state `announced`, `signing` or `retired`; in each it is believed
    record KeyResponse(
            String id,
            String purpose,
            String state,
            @JsonProperty("public_key") String publicKey,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("signs_from") Instant signsFrom) {

        static KeyResponse of(SigningKey key, boolean isSigning, Instant now) {
            var state = key.signsFrom().isAfter(now) ? "announced" : "retired";
            return new KeyResponse(
                    key.id(),
                    key.purpose().text(),
                    isSigning ? "signing" : state,
                    Base64.getEncoder().encodeToString(key.publicKey().asBytes()),
                    key.createdAt(),
                    key.signsFrom());
        }
    }

    @Operation(operationId = "listKeys", summary = "List the keys that are believed")
    @Allowed(Action.VIEW_POLICY)
    @GetMapping("/auth/v1/keys")
    PageResponse<KeyResponse> list() {
        var now = time.instant();
        var shown = new ArrayList<KeyResponse>();
        for (var purpose : Purpose.values()) {
            var ring = desk.ring(purpose);
            for (var key : ring.believed(now)) {
                var isSigning = ring.signing(now).filter(key::equals).isPresent();
                shown.add(KeyResponse.of(key, isSigning, now));
            }
        }
        return new PageResponse<>(shown, "");
    }

    @Operation(
            operationId = "rotateKey",
            summary = "Make a key that takes over",
            description =
                    "It is announced first and signs later, unless it is to take over at once.")
    @Allowed(Action.ROTATE_KEY)
    @PostMapping("/auth/v1/keys:rotate")
    ResponseEntity<KeyResponse> rotate(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @RequestBody RotateRequest body) {
        return once.make(
                by,
                key,
                body,
                () -> {
                    var purpose =
                            Purpose.of(needed(body.purpose(), "purpose"))
                                    .orElseThrow(
                                            () -> Refused.invalid("purpose: token or bundle."));
                    var isAtOnce = Boolean.TRUE.equals(body.atOnce());
                    var made = desk.rotate(by, purpose, isAtOnce);
                    return new Made<>(
                            made.resource(), 1, KeyResponse.of(made, isAtOnce, made.createdAt()));
                });
    }

    @Operation(
            operationId = "withdrawKey",
            summary = "Believe a key no longer",
            description = "Not the one that signs at present.")
    @Allowed(Action.ROTATE_KEY)
    @DeleteMapping("/auth/v1/keys/{id}")
    ResponseEntity<Void> withdraw(Caller by, @PathVariable("id") String id) {
        desk.withdraw(by, id);
        return ResponseEntity.noContent().build();
    }
}
