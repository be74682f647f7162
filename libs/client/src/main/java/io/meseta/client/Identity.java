package io.meseta.client;

import io.meseta.client.TokenFile.Token;
import io.meseta.client.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Who we are to a cluster. Safe to share between threads.
public sealed interface Identity
        permits Identity.Nobody, Identity.Bearer, Identity.Account, Session {

    /// The value for an Authorization header; empty for nobody. May wait for the auth-service.
    ///
    /// @throws ClientFault if we cannot sign in
    Optional<String> authorization();

    /// Told that a value of [#authorization] was answered with 401: it is not given again.
    ///
    /// @return whether another may be had
    default boolean forget(String refused) {
        return false;
    }

    /// Nobody: for a cluster that is open to everyone on its machine.
    static Identity nobody() {
        return new Nobody();
    }

    /// Whoever this token says.
    static Identity ofToken(String token) {
        return new Bearer(token);
    }

    /// A service account whose secret lies in a file; it signs in when it must, and again before
    /// its token ends.
    ///
    /// @param auth where the auth-service answers
    static Identity ofAccount(URI auth, String name, Path secretFile) {
        return new Account(auth, name, secretFile, Optional.empty());
    }

    /// The same, which keeps its token for the next command: that command works although the
    /// auth-service is away.
    ///
    /// @param directory for tokens; only we may enter it
    static Identity ofAccount(URI auth, String name, Path secretFile, Path directory) {
        return new Account(
                auth, name, secretFile, Optional.of(new TokenFile(directory, auth, name)));
    }

    /// See [#nobody].
    record Nobody() implements Identity {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /// See [#ofToken].
    record Bearer(String token) implements Identity {
        @Override
        public Optional<String> authorization() {
            return Optional.of("Bearer " + token);
        }

        /// Hides the token: texts end up in logs.
        @Override
        public String toString() {
            return "Bearer[token=(hidden)]";
        }
    }

    /// See [#ofAccount].
    final class Account implements Identity {

        private static final int SECRET_BYTES_MAX = 4096;

        /// So long before its end a token is exchanged.
        private static final Duration SPARE = Duration.ofSeconds(60);

        private final URI address;
        private final String name;
        private final Path secretFile;
        private final Optional<TokenFile> kept;
        private final InstantSource clock = InstantSource.system();
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<Token> known = Optional.empty();

        private Account(URI auth, String name, Path secretFile, Optional<TokenFile> kept) {
            this.address = AuthCalls.at(auth, "/auth/oauth2/token");
            this.name = name;
            this.secretFile = secretFile;
            this.kept = kept;
        }

        @Override
        public Optional<String> authorization() {
            lock.lock();
            try {
                var now = clock.instant();
                if (known.isEmpty()) known = kept.flatMap(TokenFile::read);
                if (!isGood(now.plus(SPARE))) renew(now);
                return known.map(Token::header);
            } finally {
                lock.unlock();
            }
        }

        private boolean isGood(Instant at) {
            return known.filter(token -> at.isBefore(token.ends())).isPresent();
        }

        private void renew(Instant now) {
            try {
                var fresh = signIn(now);
                known = Optional.of(fresh);
                kept.ifPresent(file -> file.keep(fresh));
            } catch (ClientFault.Unreachable away) {
                // The old one will do while it lasts.
                if (!isGood(now)) throw away;
            }
        }

        @Override
        public boolean forget(String refused) {
            lock.lock();
            try {
                if (known.map(Token::header).filter(refused::equals).isPresent()) {
                    known = Optional.empty();
                    kept.ifPresent(TokenFile::forget);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }

        private Token signIn(Instant now) {
            var answer = ask();
            var text =
                    answer.textOf("access_token")
                            .orElseThrow(() -> new ClientFault.Garbled(address, "no token"));
            return new Token(text, now.plusSeconds(answer.longOf("expires_in").orElse(0L)));
        }

        private Json ask() {
            var headers =
                    Map.of(
                            "Authorization",
                            basic(),
                            "Content-Type",
                            "application/x-www-form-urlencoded");
            return AuthCalls.post(address, headers, "grant_type=client_credentials", name);
        }

        /// RFC 6749, 2.3.1: both halves are form-encoded first.
        private String basic() {
            var pair = encoded(name) + ":" + encoded(secret());
            return "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        }

        private String secret() {
            try {
                if (Files.size(secretFile) > SECRET_BYTES_MAX) {
                    throw new IOException(secretFile + " holds no secret");
                }
                return Files.readString(secretFile).strip();
            } catch (IOException failure) {
                throw new ClientFault.Unreachable(address, "cannot read " + secretFile, failure);
            }
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
