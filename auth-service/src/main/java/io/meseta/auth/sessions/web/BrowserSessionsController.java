package io.meseta.auth.sessions.web;

import static io.meseta.auth.web.Replies.needed;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Refusal;
import io.meseta.auth.changes.Refused;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.sessions.BrowserSessionsDesk;
import io.meseta.auth.tokens.IssuedToken;
import io.meseta.auth.web.Replies;
import io.meseta.authorization.Action;
import io.meseta.platform.access.Allowed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/// Users' sessions at browsers, for gateways: whoever may have all hashes may keep sessions.
@Controller
@ResponseBody
@Tag(name = "browser-sessions", description = "Sessions that gateways keep for browsers")
final class BrowserSessionsController {

    private final BrowserSessionsDesk desk;
    private final Attempts attempts;

    BrowserSessionsController(BrowserSessionsDesk desk, Attempts attempts) {
        this.desk = desk;
        this.attempts = attempts;
    }

    record KeyRequest(@JsonProperty("session_key") @Nullable String sessionKey) {

        /// Hides the key: texts end up in logs.
        @Override
        public String toString() {
            return "KeyRequest[]";
        }
    }

    /// @param expiresIn seconds until the access token expires
    record AccessResponse(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("session_key") String sessionKey) {

        static AccessResponse of(IssuedToken access, String key) {
            return new AccessResponse(access.value(), "Bearer", access.lifetime().toSeconds(), key);
        }

        /// Hides the token and the key: texts end up in logs.
        @Override
        public String toString() {
            return "AccessResponse[]";
        }
    }

    @Operation(
            operationId = "signInAtBrowser",
            summary = "Sign in a browser's user with a name and a password",
            description = "The session key is good again and again while the session lasts.")
    @Allowed(Action.FETCH_BUNDLE)
    @PostMapping("/auth/v1/browser-sessions")
    ResponseEntity<AccessResponse> signIn(
            Caller by, @RequestBody SessionsController.SignInRequest body) {
        var name = needed(body.name(), "name");
        var password = needed(body.password(), "password");
        var opened = checked(by, name, () -> desk.signIn(by, name, password));
        return Replies.secret(HttpStatus.CREATED, AccessResponse.of(opened.access(), opened.key()));
    }

    @Operation(operationId = "accessOfBrowser", summary = "Get an access token for a session key")
    @Allowed(Action.FETCH_BUNDLE)
    @PostMapping("/auth/v1/browser-sessions:access")
    ResponseEntity<AccessResponse> access(Caller by, @RequestBody KeyRequest body) {
        var key = needed(body.sessionKey(), "session_key");
        var access = checked(by, "", () -> desk.access(by, key));
        return Replies.secret(HttpStatus.OK, AccessResponse.of(access, key));
    }

    @Operation(operationId = "signOutOfBrowser", summary = "End the session of a session key")
    @Allowed(Action.FETCH_BUNDLE)
    @DeleteMapping("/auth/v1/browser-sessions/current")
    ResponseEntity<Void> signOut(Caller by, @RequestBody KeyRequest body) {
        var key = needed(body.sessionKey(), "session_key");
        this.<Boolean>checked(
                by,
                "",
                () -> {
                    desk.signOut(by, key);
                    return true;
                });
        return ResponseEntity.noContent().build();
    }

    /// A wrong secret is not the gateway's, which would take a 401 for its own.
    private <T> T checked(Caller by, String name, Supplier<T> work) {
        try {
            return attempts.checking(by.address(), name, work);
        } catch (Refused refused) {
            if (!(refused.refusal() instanceof Refusal.WrongSecret)) throw refused;
            throw new Refused(new Refusal.NotSignedIn());
        }
    }
}
