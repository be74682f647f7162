package io.meseta.auth.agents.web;

import static io.meseta.auth.web.Replies.needed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.agents.Agent;
import io.meseta.auth.agents.Agents;
import io.meseta.auth.agents.AgentsDesk;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Page;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.web.PageResponse;
import io.meseta.auth.web.Replies;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.meseta.platform.access.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Machines' agents.
@Controller
@ResponseBody
@Tag(name = "agents", description = "Machines' agents, each with a key of its own")
final class AgentsController {

    private final AgentsDesk desk;
    private final Agents agents;
    private final Attempts attempts;

    AgentsController(AgentsDesk desk, Agents agents, Attempts attempts) {
        this.desk = desk;
        this.agents = agents;
        this.attempts = attempts;
    }

    record JoinRequest(
            @JsonProperty("join_token") @Nullable String joinToken,
            @JsonProperty("public_key") @Nullable String publicKey,
            @Nullable String hostname) {

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "JoinRequest[hostname=" + hostname + "]";
        }
    }

    record JoinResponse(String principal) {}

    record AgentResponse(
            String id,
            String principal,
            String hostname,
            @JsonProperty("public_key") String publicKey,
            @JsonProperty("join_token") String joinToken,
            @JsonProperty("joined_at") Instant joinedAt,
            @JsonProperty("revoked_at") @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable Instant revokedAt,
            long version) {

        static AgentResponse of(Agent agent) {
            return new AgentResponse(
                    agent.id(),
                    agent.principal(),
                    agent.hostname(),
                    Base64.getEncoder().encodeToString(agent.publicKey().asBytes()),
                    agent.joinToken(),
                    agent.joinedAt(),
                    agent.revoked(),
                    agent.version());
        }
    }

    @Operation(
            operationId = "joinAgent",
            summary = "Exchange a join token for an identity",
            description = "The key (P-256, SPKI, base64) is the agent's own from then on.")
    @Public("The join token in the body is what lets a machine in.")
    @PostMapping("/auth/v1/agents:join")
    ResponseEntity<JoinResponse> join(Caller by, @RequestBody JoinRequest body) {
        var token = needed(body.joinToken(), "join_token");
        var key = bytes(needed(body.publicKey(), "public_key"));
        var hostname = needed(body.hostname(), "hostname");
        var agent = attempts.checking(by.address(), "", () -> desk.join(by, token, key, hostname));
        return Replies.secret(HttpStatus.CREATED, new JoinResponse(agent.principal()));
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException _) {
            throw Refused.invalid("public_key: not base64.");
        }
    }

    @Operation(operationId = "listAgents", summary = "List all agents that ever joined, by id")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping("/auth/v1/agents")
    PageResponse<AgentResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after) {
        int size = Replies.limit(limit);
        var found = agents.page(after, size + 1);
        return PageResponse.of(Page.of(found, size, Agent::id).map(AgentResponse::of));
    }

    @Operation(operationId = "showAgent", summary = "Show an agent")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping("/auth/v1/agents/{id}")
    ResponseEntity<AgentResponse> show(@PathVariable("id") String id) {
        var agent = desk.find(id);
        return Replies.ok(agent.version(), AgentResponse.of(agent));
    }

    @Operation(
            operationId = "revokeAgent",
            summary = "Show an agent out",
            description = "Its tokens are void at once, and its key gets no others.")
    @Allowed(Action.REVOKE_CREDENTIAL)
    @DeleteMapping("/auth/v1/agents/{id}")
    ResponseEntity<Void> revoke(
            Caller by,
            @PathVariable("id") String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        desk.revoke(by, id, Replies.optional(ifMatch));
        return ResponseEntity.noContent().build();
    }
}
