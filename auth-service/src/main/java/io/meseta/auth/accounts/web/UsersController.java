package io.meseta.auth.accounts.web;

import static io.meseta.auth.web.Replies.needed;
import static io.meseta.auth.web.Replies.orEmpty;

import io.meseta.auth.accounts.Account;
import io.meseta.auth.accounts.Accounts;
import io.meseta.auth.accounts.AccountsDesk;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Page;
import io.meseta.auth.web.Made;
import io.meseta.auth.web.Once;
import io.meseta.auth.web.PageResponse;
import io.meseta.auth.web.Replies;
import io.meseta.authorization.Action;
import io.meseta.authorization.SubjectKind;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/// People.
@Controller
@ResponseBody
@RequestMapping("/auth/v1/users")
@Tag(name = "users", description = "People, who sign in with a password")
final class UsersController {

    private final AccountsDesk desk;
    private final Accounts accounts;
    private final Once once;

    UsersController(AccountsDesk desk, Accounts accounts, Once once) {
        this.desk = desk;
        this.accounts = accounts;
        this.once = once;
    }

    record CreateRequest(
            @Nullable String name, @Nullable String description, @Nullable String password) {

        /// Hides the password: texts end up in logs.
        @Override
        public String toString() {
            return "CreateRequest[name=" + name + "]";
        }
    }

    record ChangeRequest(@Nullable String description, @Nullable Boolean locked) {}

    record PasswordRequest(@Nullable String password) {

        /// Hides the password: texts end up in logs.
        @Override
        public String toString() {
            return "PasswordRequest[]";
        }
    }

    @Operation(operationId = "createUser", summary = "Make a user")
    @Allowed(Action.CHANGE_PRINCIPAL)
    @PostMapping
    ResponseEntity<UserResponse> create(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @RequestBody CreateRequest body) {
        return once.make(
                by,
                key,
                body,
                () -> {
                    var user =
                            desk.createUser(
                                    by,
                                    needed(body.name(), "name"),
                                    orEmpty(body.description()),
                                    needed(body.password(), "password"));
                    return new Made<>(user.resource(), user.version(), UserResponse.of(user));
                });
    }

    @Operation(operationId = "listUsers", summary = "List the users in the order of their names")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping
    PageResponse<UserResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after) {
        int size = Replies.limit(limit);
        var found = accounts.page(SubjectKind.USER, after, size + 1);
        return PageResponse.of(Page.of(found, size, Account::name).map(UserResponse::of));
    }

    @Operation(operationId = "showUser", summary = "Show a user")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping("/{name}")
    ResponseEntity<UserResponse> show(@PathVariable("name") String name) {
        return ok(desk.find(SubjectKind.USER, name));
    }

    @Operation(
            operationId = "changeUser",
            summary = "Replace what is said of a user, and lock or unlock",
            description = "Whoever is locked has no session, no token and no password any more.")
    @Allowed(Action.CHANGE_PRINCIPAL)
    @PutMapping("/{name}")
    ResponseEntity<UserResponse> change(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ChangeRequest body) {
        var user = desk.find(SubjectKind.USER, name);
        var isLocked = needed(body.locked(), "locked");
        return ok(
                desk.change(
                        by,
                        user,
                        Replies.required(ifMatch),
                        orEmpty(body.description()),
                        isLocked));
    }

    @Operation(
            operationId = "setPassword",
            summary = "Give a user another password",
            description = "All that the old one began ends.")
    @Allowed(Action.ISSUE_CREDENTIAL)
    @PutMapping("/{name}/password")
    ResponseEntity<UserResponse> setPassword(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody PasswordRequest body) {
        var user = desk.find(SubjectKind.USER, name);
        var password = needed(body.password(), "password");
        return ok(desk.setPassword(by, user, Replies.optional(ifMatch), password));
    }

    @Operation(operationId = "deleteUser", summary = "Delete a user, also from all groups")
    @Allowed(Action.CHANGE_PRINCIPAL)
    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        desk.delete(by, desk.find(SubjectKind.USER, name), Replies.optional(ifMatch));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<UserResponse> ok(Account user) {
        return Replies.ok(user.version(), UserResponse.of(user));
    }
}
