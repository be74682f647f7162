package io.meseta.auth.accounts.web;

import static io.meseta.auth.web.Replies.needed;
import static io.meseta.auth.web.Replies.orEmpty;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.accounts.Group;
import io.meseta.auth.accounts.GroupsDesk;
import io.meseta.auth.accounts.Memberships;
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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Groups. Their names may hold slashes, so a name is the rest of the path.
@Controller
@ResponseBody
@RequestMapping("/auth/v1/groups")
@Tag(name = "groups", description = "Principals that policies speak of together")
final class GroupsController {

    private final GroupsDesk desk;
    private final Memberships memberships;
    private final Once once;

    GroupsController(GroupsDesk desk, Memberships memberships, Once once) {
        this.desk = desk;
        this.memberships = memberships;
        this.once = once;
    }

    record CreateRequest(
            @Nullable String name, @Nullable String description, @Nullable List<String> members) {}

    record ChangeRequest(@Nullable String description, @Nullable List<String> members) {}

    /// @param members users, service accounts, and agents by their principals
    record GroupResponse(
            String name,
            String description,
            Collection<String> members,
            long version,
            @JsonProperty("created_at") Instant createdAt,
            @JsonProperty("changed_at") Instant changedAt) {

        static GroupResponse of(Group group) {
            return new GroupResponse(
                    group.name(),
                    group.description(),
                    group.members(),
                    group.version(),
                    group.createdAt(),
                    group.changedAt());
        }
    }

    @Operation(operationId = "createGroup", summary = "Make a group")
    @Allowed(Action.CHANGE_GROUP)
    @PostMapping
    ResponseEntity<GroupResponse> create(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @RequestBody CreateRequest body) {
        return once.make(
                by,
                key,
                body,
                () -> {
                    var members = body.members() == null ? List.<String>of() : body.members();
                    var name = needed(body.name(), "name");
                    var draft = new GroupsDesk.Draft(name, orEmpty(body.description()), members);
                    var group = desk.create(by, draft);
                    return new Made<>(group.resource(), group.version(), GroupResponse.of(group));
                });
    }

    @Operation(operationId = "listGroups", summary = "List the groups in the order of names")
    @Allowed(Action.VIEW_GROUP)
    @GetMapping
    PageResponse<GroupResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after) {
        int size = Replies.limit(limit);
        var found = memberships.page(after, size + 1);
        return PageResponse.of(Page.of(found, size, Group::name).map(GroupResponse::of));
    }

    @Operation(operationId = "showGroup", summary = "Show a group")
    @Allowed(Action.VIEW_GROUP)
    @GetMapping("/{*name}")
    ResponseEntity<GroupResponse> show(@PathVariable("name") String path) {
        return ok(desk.find(name(path)));
    }

    @Operation(operationId = "changeGroup", summary = "Replace a group's description and members")
    @Allowed(Action.CHANGE_GROUP)
    @PutMapping("/{*name}")
    ResponseEntity<GroupResponse> change(
            Caller by,
            @PathVariable("name") String path,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ChangeRequest body) {
        var members = needed(body.members(), "members");
        var draft = new GroupsDesk.Draft(name(path), orEmpty(body.description()), members);
        return ok(desk.change(by, Replies.required(ifMatch), draft));
    }

    @Operation(operationId = "deleteGroup", summary = "Delete a group; its members stay")
    @Allowed(Action.CHANGE_GROUP)
    @DeleteMapping("/{*name}")
    ResponseEntity<Void> delete(
            Caller by,
            @PathVariable("name") String path,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        desk.delete(by, Replies.optional(ifMatch), name(path));
        return ResponseEntity.noContent().build();
    }

    /// The pattern gives the slash along with the name.
    private static String name(String path) {
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static ResponseEntity<GroupResponse> ok(Group group) {
        return Replies.ok(group.version(), GroupResponse.of(group));
    }
}
