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

/// Programs.
@Controller
@ResponseBody
@RequestMapping("/auth/v1/service-accounts")
@Tag(name = "service-accounts", description = "Programs, which have one or two long secrets")
final class ServiceAccountsController {

    private static final SubjectKind KIND = SubjectKind.SERVICE_ACCOUNT;

    private final AccountsDesk desk;
    private final Accounts accounts;
    private final Once once;

    ServiceAccountsController(AccountsDesk desk, Accounts accounts, Once once) {
        this.desk = desk;
        this.accounts = accounts;
        this.once = once;
    }

    record CreateRequest(@Nullable String name, @Nullable String description) {}

    record ChangeRequest(@Nullable String description, @Nullable Boolean locked) {}

    /// Which account was asked to get a secret.
    record SecretRequest(String name) {}

    @Operation(
            operationId = "createServiceAccount",
            summary = "Make a service account, with its first secret",
            description = "The secret is in this answer and nowhere else.")
    @Allowed(Action.CHANGE_PRINCIPAL)
    @PostMapping
    ResponseEntity<ServiceAccountResponse> create(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @RequestBody CreateRequest body) {
        return once.make(
                by,
                key,
                body,
                () -> {
                    var name = needed(body.name(), "name");
                    var issued = desk.createServiceAccount(by, name, orEmpty(body.description()));
                    return made(issued.account().resource(), issued);
                });
    }

    @Operation(operationId = "listServiceAccounts", summary = "List them in the order of names")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping
    PageResponse<ServiceAccountResponse> list(
            @RequestParam(name = "limit", defaultValue = "100") int limit,
            @RequestParam(name = "after", defaultValue = "") String after) {
        int size = Replies.limit(limit);
        var found = accounts.page(KIND, after, size + 1);
        return PageResponse.of(Page.of(found, size, Account::name).map(ServiceAccountResponse::of));
    }

    @Operation(operationId = "showServiceAccount", summary = "Show a service account")
    @Allowed(Action.VIEW_PRINCIPAL)
    @GetMapping("/{name}")
    ResponseEntity<ServiceAccountResponse> show(@PathVariable("name") String name) {
        return ok(desk.find(KIND, name));
    }

    @Operation(
            operationId = "changeServiceAccount",
            summary = "Replace what is said of it, and lock or unlock")
    @Allowed(Action.CHANGE_PRINCIPAL)
    @PutMapping("/{name}")
    ResponseEntity<ServiceAccountResponse> change(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ChangeRequest body) {
        var account = desk.find(KIND, name);
        var isLocked = needed(body.locked(), "locked");
        return ok(
                desk.change(
                        by,
                        account,
                        Replies.required(ifMatch),
                        orEmpty(body.description()),
                        isLocked));
    }

    @Operation(
            operationId = "addSecret",
            summary = "Make a second secret, so that the first can be exchanged",
            description = "The secret is in this answer and nowhere else.")
    @Allowed(Action.ISSUE_CREDENTIAL)
    @PostMapping("/{name}/secrets")
    ResponseEntity<ServiceAccountResponse> addSecret(
            Caller by,
            @RequestHeader(name = Once.HEADER, required = false) @Nullable String key,
            @PathVariable("name") String name) {
        return once.make(
                by,
                key,
                new SecretRequest(name),
                () -> {
                    var issued = desk.addSecret(by, desk.find(KIND, name));
                    var resource = issued.account().resource() + "/secrets/" + issued.secretId();
                    return made(resource, issued);
                });
    }

    @Operation(
            operationId = "removeSecret",
            summary = "Take a secret away",
            description = "Tokens that the account has now are void; it gets new ones.")
    @Allowed(Action.REVOKE_CREDENTIAL)
    @DeleteMapping("/{name}/secrets/{id}")
    ResponseEntity<Void> removeSecret(
            Caller by, @PathVariable("name") String name, @PathVariable("id") String id) {
        desk.removeSecret(by, desk.find(KIND, name), id);
        return ResponseEntity.noContent().build();
    }

    @Operation(operationId = "deleteServiceAccount", summary = "Delete it, also from all groups")
    @Allowed(Action.CHANGE_PRINCIPAL)
    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(
            Caller by,
            @PathVariable("name") String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        desk.delete(by, desk.find(KIND, name), Replies.optional(ifMatch));
        return ResponseEntity.noContent().build();
    }

    private static Made<ServiceAccountResponse> made(String resource, AccountsDesk.Issued issued) {
        return new Made<>(resource, issued.account().version(), ServiceAccountResponse.of(issued));
    }

    private static ResponseEntity<ServiceAccountResponse> ok(Account account) {
        return Replies.ok(account.version(), ServiceAccountResponse.of(account));
    }
}
