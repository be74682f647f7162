package io.meseta.auth.agents.web;

import static io.meseta.auth.web.Replies.needed;
import static io.meseta.auth.web.Replies.orEmpty;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.agents.JoinToken;
import io.meseta.auth.agents.JoinTokens;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Page;
import io.meseta.auth.web.Made;
import io.meseta.auth.web.Once;
import io.meseta.auth.web.PageResponse;
import io.meseta.auth.web.Replies;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Join tokens.
@Controller
@ResponseBody
@RequestMapping("/auth/v1/join-tokens")
@Tag(name = "join-tokens", description = "What lets machines join")
final class JoinTokensController {

    private final AgentsDesk desk;
    private final JoinTokens tokens;
    private final Once once;

    JoinTokensController(AgentsDesk desk, JoinTokens tokens, Once once) {
        this.desk = desk;
        this.tokens = tokens;
        this.once = once;
    }

    /// @param uses how many machines may join by it; one if it is not said
    /// @param expiresIn seconds
    record CreateRequest(
            @Nullable String description,
            @Nullable Integer uses,
            @JsonProperty("expires_in") @Nullable Long expiresIn) {}

    /// @param joinToken there once, when it was just made
    record JoinTokenResponse(
            String id,
            String description,
            @JsonProperty("uses_left") int usesLeft,
            @JsonProperty("expires_at") Instant expiresAt,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("join_token") @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable String joinToken) {

        static JoinTokenResponse of(JoinToken token, @Nullable String text) {
            return new JoinTokenResponse(
                    token.id(),
                    token.description(),
                    token.usesLeft(),
                    token.expiresAt(),
                    token.createdAt(),
                    text);
        }

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "JoinTokenResponse[id=" + id + "]";
        }
    }

    @Operation(
            operationId = "createJoinToken",
            summary = "Make a join token",
            description = "The token is in this answer and nowhere else.")
    @Allowed(Action.ISSUE_CREDENTIAL)
    @PostMapping
    ResponseEntity<JoinTokenResponse> create(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @RequestBody CreateRequest body) {
        return once.make(
                by,
                key,
                body,
                () -> {
                    int uses = body.uses() == null ? 1 : body.uses();
                    long seconds =
                            Math.clamp(
                                    needed(body.expiresIn(), "expires_in"), 0L, Integer.MAX_VALUE);
                    var lifetime = Duration.ofSeconds(seconds);
                    var issued = desk.issue(by, orEmpty(body.description()), uses, lifetime);
                    var response = JoinTokenResponse.of(issued.token(), issued.text());
                    return new Made<>(issued.token().resource(), 1, response);
                });
    }

    @Operation(operationId = "listJoinTokens", summary = "List the join tokens by id")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping
    PageResponse<JoinTokenResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after) {
        int size = Replies.limit(limit);
        var found = tokens.page(after, size + 1);
        return PageResponse.of(
                Page.of(found, size, JoinToken::id)
                        .map(token -> JoinTokenResponse.of(token, null)));
    }

    @Operation(operationId = "showJoinToken", summary = "Show a join token, not its text")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping("/{id}")
    JoinTokenResponse show(@PathVariable("id") String id) {
        return JoinTokenResponse.of(desk.findToken(id), null);
    }

    @Operation(
            operationId = "deleteJoinToken",
            summary = "Let nobody join by it any more",
            description = "Agents that joined by it stay.")
    @Allowed(Action.REVOKE_CREDENTIAL)
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(Caller by, @PathVariable("id") String id) {
        desk.withdraw(by, id);
        return ResponseEntity.noContent().build();
    }
}
