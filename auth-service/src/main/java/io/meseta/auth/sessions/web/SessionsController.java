package io.meseta.auth.sessions.web;

import static io.meseta.auth.web.Replies.needed;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.limits.Attempts;
import io.meseta.auth.sessions.SessionsDesk;
import io.meseta.auth.web.Replies;
import io.meseta.platform.access.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;

/// Users' sessions.
@Controller
@ResponseBody
@Tag(name = "sessions", description = "How users sign in, stay signed in, and sign out")
final class SessionsController {

    private final SessionsDesk desk;
    private final Attempts attempts;

    SessionsController(SessionsDesk desk, Attempts attempts) {
        this.desk = desk;
        this.attempts = attempts;
    }

    record SignInRequest(@Nullable String name, @Nullable String password) {

        /// Hides the password: texts end up in logs.
        @Override
        public String toString() {
            return "SignInRequest[name=" + name + "]";
        }
    }

    record RefreshRequest(@JsonProperty("refresh_token") @Nullable String refreshToken) {

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "RefreshRequest[]";
        }
    }

    /// @param expiresIn seconds until the access token expires
    record SessionResponse(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("token_type") String tokenType,
            @JsonProperty("expires_in") long expiresIn,
            @JsonProperty("refresh_token") String refreshToken) {

        static SessionResponse of(SessionsDesk.Pair pair) {
            return new SessionResponse(
                    pair.access().value(),
                    "Bearer",
                    pair.access().lifetime().toSeconds(),
                    pair.refreshToken());
        }

        /// Hides the tokens: texts end up in logs.
        @Override
        public String toString() {
            return "SessionResponse[]";
        }
    }

    @Operation(operationId = "signIn", summary = "Sign in with a name and a password")
    @Public("The password in the body is what lets a user in.")
    @PostMapping("/auth/v1/sessions")
    ResponseEntity<SessionResponse> signIn(Caller by, @RequestBody SignInRequest body) {
        var name = needed(body.name(), "name");
        var password = needed(body.password(), "password");
        var pair = attempts.checking(by.address(), name, () -> desk.signIn(by, name, password));
        return Replies.secret(HttpStatus.CREATED, SessionResponse.of(pair));
    }

    @Operation(
            operationId = "refreshSession",
            summary = "Exchange a refresh token for a new pair",
            description = "A refresh token is good once; its second use ends the session.")
    @Public("The refresh token in the body says whose session it is.")
    @PostMapping("/auth/v1/sessions:refresh")
    ResponseEntity<SessionResponse> refresh(Caller by, @RequestBody RefreshRequest body) {
        var token = needed(body.refreshToken(), "refresh_token");
        var pair = attempts.checking(by.address(), "", () -> desk.refresh(by, token));
        return Replies.secret(HttpStatus.OK, SessionResponse.of(pair));
    }

    @Operation(operationId = "signOut", summary = "End the session of a refresh token")
    @Public("The refresh token in the body says whose session it is.")
    @DeleteMapping("/auth/v1/sessions/current")
    ResponseEntity<Void> signOut(Caller by, @RequestBody RefreshRequest body) {
        var token = needed(body.refreshToken(), "refresh_token");
        attempts.<Boolean>checking(
                by.address(),
                "",
                () -> {
                    desk.signOut(by, token);
                    return true;
                });
        return ResponseEntity.noContent().build();
    }
}
