package io.meseta.auth.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.changes.Audit;
import io.meseta.auth.changes.AuditLine;
import io.meseta.auth.changes.Page;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.web.PageResponse;
import io.meseta.auth.web.Replies;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was changed.
@Controller
@ResponseBody
@Tag(name = "audit", description = "Who changed what, when, from where")
final class AuditController {

    private final Audit audit;
    private final JsonMapper mapper;

    AuditController(Audit audit, JsonMapper mapper) {
        this.audit = audit;
        this.mapper = mapper;
    }

    /// @param number rises with time
    /// @param request the id under which the log knows the request
    /// @param resource a path below `/auth/v1/`
    record AuditResponse(
            long number,
            Instant at,
            String principal,
            String kind,
            String address,
            @JsonProperty("request_id") String request,
            String action,
            String resource,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode before,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode after) {}

    @Operation(
            operationId = "listAudit",
            summary = "List the changes, the newest first",
            description = "`after` continues at a page's `next`, towards older changes.")
    @Allowed(Action.VIEW_AUDIT)
    @GetMapping("/auth/v1/audit")
    PageResponse<AuditResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "principal", defaultValue = "") String principal,
            @RequestParam(name = "resource", defaultValue = "") String resource) {
        int size = Replies.limit(limit);
        var found = audit.page(place(after), principal, resource, size + 1);
        var page = Page.of(found, size, line -> Long.toString(line.number()));
        return PageResponse.of(page.map(this::response));
    }

    private static long place(String after) {
        if (after.isEmpty()) return Long.MAX_VALUE;
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException _) {
            throw Refused.invalid("after: what an earlier page gave as next.");
        }
    }

    private AuditResponse response(AuditLine line) {
        return new AuditResponse(
                line.number(),
                line.at(),
                line.by().principal(),
                line.by().kind().text(),
                line.by().address(),
                line.by().request(),
                line.action(),
                line.resource(),
                tree(line.before()),
                tree(line.after()));
    }

    private @Nullable JsonNode tree(String facts) {
        return facts.isEmpty() ? null : mapper.readTree(facts);
    }
}
