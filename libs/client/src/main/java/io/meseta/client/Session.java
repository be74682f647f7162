package io.meseta.client;

import io.meseta.client.json.Json;
import io.meseta.client.json.Json.JsonObject;
import io.meseta.client.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// A person who has signed in, kept in a file of mode 0600 from one command to the next.
///
/// A refresh token is good once, so whoever needs a new pair holds a lock on the file's neighbour:
/// two commands at a time must not both spend it.
public final class Session implements Identity {

    /// So long before its end a token is exchanged.
    private static final Duration SPARE = Duration.ofSeconds(60);

    private final Path file;
    private final InstantSource clock = InstantSource.system();

    private Session(Path file) {
        this.file = file;
    }

    /// Signs in and keeps what came of it.
    ///
    /// @param auth where the auth-service answers
    public static Session signIn(URI auth, String name, String password, Path file) {
        var body = new JsonObject(Map.of("name", Json.text(name), "password", Json.text(password)));
        var session = new Session(file);
        session.keep(auth, post(auth, "/auth/v1/sessions", body, name));
        return session;
    }

    /// The session in that file; empty if there is none.
    public static Optional<Session> in(Path file) {
        return Files.isRegularFile(file) ? Optional.of(new Session(file)) : Optional.empty();
    }

    @Override
    public Optional<String> authorization() {
        var known = read();
        if (isFresh(known)) return Optional.of(header(known));
        try (var channel =
                        FileChannel.open(
                                file.resolveSibling(file.getFileName() + ".lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            var newest = read();
            if (!isFresh(newest)) newest = refresh(newest);
            return Optional.of(header(newest));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot lock " + file, failure);
        }
    }

    private Json refresh(Json known) {
        var auth = URI.create(known.textOf("auth").orElse(""));
        var body =
                new JsonObject(
                        Map.of(
                                "refresh_token",
                                Json.text(known.textOf("refresh_token").orElse(""))));
        try {
            return keep(auth, post(auth, "/auth/v1/sessions:refresh", body, "the session"));
        } catch (ClientFault.Unreachable away) {
            // The old one will do while it lasts.
            if (isGood(known, clock.instant())) return known;
            throw away;
        }
    }

    private static Json post(URI auth, String path, Json body, String who) {
        return AuthCalls.post(
                AuthCalls.at(auth, path),
                Map.of("Content-Type", "application/json"),
                body.print(),
                who);
    }

    private boolean isFresh(Json known) {
        return isGood(known, clock.instant().plus(SPARE));
    }

    private static boolean isGood(Json known, Instant at) {
        return at.isBefore(Instant.ofEpochSecond(known.longOf("expires_at").orElse(0L)));
    }

    private static String header(Json known) {
        return "Bearer " + known.textOf("access_token").orElse("");
    }

    private Json read() {
        try {
            return Json.parse(PrivateFile.read(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file + ": sign in again", failure);
        } catch (MalformedJson malformed) {
            throw new IllegalStateException(file + " holds no session: sign in again", malformed);
        }
    }

    private Json keep(URI auth, Json answer) {
        long seconds = answer.longOf("expires_in").orElse(0L);
        var kept =
                new JsonObject(
                        Map.of(
                                "auth", Json.text(auth.toString()),
                                "access_token", Json.text(answer.textOf("access_token").orElse("")),
                                "refresh_token",
                                        Json.text(answer.textOf("refresh_token").orElse("")),
                                "expires_at",
                                        Json.number(
                                                clock.instant()
                                                        .plusSeconds(seconds)
                                                        .getEpochSecond())));
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) Files.createDirectories(parent);
            PrivateFile.write(file, kept.print());
            return kept;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file, failure);
        }
    }
}
