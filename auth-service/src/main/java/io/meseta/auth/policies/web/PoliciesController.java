package io.meseta.auth.policies.web;

import static io.meseta.auth.web.Replies.needed;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Page;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.policies.Policies;
import io.meseta.auth.policies.PoliciesDesk;
import io.meseta.auth.policies.WrittenPolicy;
import io.meseta.auth.web.Made;
import io.meseta.auth.web.Once;
import io.meseta.auth.web.PageResponse;
import io.meseta.auth.web.Replies;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Policies.
@Controller
@ResponseBody
@Tag(name = "policies", description = "Who may do what")
final class PoliciesController {

    private final PoliciesDesk desk;
    private final Policies policies;
    private final Once once;

    PoliciesController(PoliciesDesk desk, Policies policies, Once once) {
        this.desk = desk;
        this.policies = policies;
        this.once = once;
    }

    /// @param name as in the text itself
    /// @param text YAML or JSON
    record CreateRequest(@Nullable String name, @Nullable String text) {}

    record ChangeRequest(@Nullable String text) {}

    record PolicyResponse(
            String name,
            String text,
            long version,
            @JsonProperty("changed_at") Instant changedAt,
            @JsonProperty("changed_by") String changedBy) {

        static PolicyResponse of(WrittenPolicy policy) {
            return new PolicyResponse(
                    policy.name(),
                    policy.text(),
                    policy.version(),
                    policy.changedAt(),
                    policy.changedBy());
        }
    }

    @Operation(operationId = "createPolicy", summary = "Add a policy; it is in force at once")
    @Allowed(Action.CHANGE_POLICY)
    @PostMapping("/auth/v1/policies")
    ResponseEntity<PolicyResponse> create(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @RequestBody CreateRequest body) {
        return once.make(
                by,
                key,
                body,
                () -> {
                    var policy =
                            desk.create(
                                    by, needed(body.name(), "name"), needed(body.text(), "text"));
                    return new Made<>(
                            policy.resource(), policy.version(), PolicyResponse.of(policy));
                });
    }

    @Operation(operationId = "listPolicies", summary = "List the policies in the order of names")
    @Allowed(Action.VIEW_POLICY)
    @GetMapping("/auth/v1/policies")
    PageResponse<PolicyResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after) {
        int size = Replies.limit(limit);
        var found = policies.page(after, size + 1);
        return PageResponse.of(Page.of(found, size, WrittenPolicy::name).map(PolicyResponse::of));
    }

    @Operation(operationId = "showPolicy", summary = "Show a policy")
    @Allowed(Action.VIEW_POLICY)
    @GetMapping("/auth/v1/policies/{name}")
    ResponseEntity<PolicyResponse> show(@PathVariable("name") String name) {
        return ok(desk.find(name));
    }

    @Operation(
            operationId = "listPolicyVersions",
            summary = "List what a policy said before, the newest first",
            description =
                    "A deletion is a version with an empty text. `after` continues at a page's"
                            + " `next`, towards older versions.")
    @Allowed(Action.VIEW_POLICY)
    @GetMapping("/auth/v1/policies/{name}/versions")
    PageResponse<PolicyResponse> versions(
            @PathVariable("name") String name,
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "0") long after) {
        int size = Replies.limit(limit);
        var found = policies.history(name, after == 0 ? Long.MAX_VALUE : after, size + 1);
        var page = Page.of(found, size, policy -> Long.toString(policy.version()));
        return PageResponse.of(page.map(PolicyResponse::of));
    }

    @Operation(operationId = "showPolicyVersion", summary = "Show what a policy said at a version")
    @Allowed(Action.VIEW_POLICY)
    @GetMapping("/auth/v1/policies/{name}/versions/{version}")
    PolicyResponse version(
            @PathVariable("name") String name, @PathVariable("version") long version) {
        return policies.version(name, version)
                .map(PolicyResponse::of)
                .orElseThrow(
                        () -> new Refused(new Refusal.Unknown("policy", name + "/" + version)));
    }

    @Operation(
            operationId = "changePolicy",
            summary = "Replace a policy; it is in force at once",
            description = "Refused if you could not change it back after that.")
    @Allowed(Action.CHANGE_POLICY)
    @PutMapping("/auth/v1/policies/{name}")
    ResponseEntity<PolicyResponse> change(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ChangeRequest body) {
        var expected = Replies.required(ifMatch);
        return ok(desk.change(by, expected, name, needed(body.text(), "text")));
    }

    @Operation(operationId = "deletePolicy", summary = "Delete a policy; its history stays")
    @Allowed(Action.CHANGE_POLICY)
    @DeleteMapping("/auth/v1/policies/{name}")
    ResponseEntity<Void> delete(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        desk.delete(by, Replies.optional(ifMatch), name);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<PolicyResponse> ok(WrittenPolicy policy) {
        return Replies.ok(policy.version(), PolicyResponse.of(policy));
    }
}
