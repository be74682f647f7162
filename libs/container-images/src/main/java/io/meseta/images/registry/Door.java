package io.meseta.images.registry;

import io.meseta.images.json.Json;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.images.registry.Http.Question;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One host as one pull meets it: asks, shows what is asked for, and tells what an answer means.
final class Door {

    private static final int ERROR_BYTES_MAX = 32 << 10;
    private static final int LOGINS_MAX = 2;

    private final Http http;
    private final Backoff backoff;
    private final Endpoint endpoint;
    private final Authorization authorization;

    Door(Http http, Backoff backoff, Endpoint endpoint, Authorization authorization) {
        this.http = http;
        this.backoff = backoff;
        this.endpoint = endpoint;
        this.authorization = authorization;
    }

    /// Makes something of a good answer.
    @FunctionalInterface
    interface Reading<T> {
        T of(Answer answer) throws IOException, InterruptedException;
    }

    /// A range that the registry does not serve.
    static final class RangeRefused extends IOException {
        RangeRefused() {
            super("the registry does not serve the rest of the blob");
        }
    }

    String host() {
        return endpoint.host();
    }

    URI address(String repository, String rest) {
        return endpoint.address(repository, rest);
    }

    <T> T ask(String what, Question question, Reading<T> reading) {
        return backoff.retry(what, () -> once(what, question, reading));
    }

    <T> T retry(String what, Backoff.Attempt<T> attempt) {
        return backoff.retry(what, attempt);
    }

    <T> T once(String what, Question question, Reading<T> reading)
            throws IOException, InterruptedException {
        for (int logins = 0; ; logins++) {
            var header = authorization.header();
            try (var answer = http.ask(question.with(header))) {
                if (answer.isGood()) return reading.of(answer);
                var isLogin = answer.status() == 401 && logins < LOGINS_MAX;
                if (!isLogin || !login(answer, header, question.address())) {
                    throw trouble(what, answer);
                }
            }
        }
    }

    private boolean login(Answer answer, @Nullable String header, URI asked)
            throws IOException, InterruptedException {
        var challenges = answer.headers().allValues("WWW-Authenticate");
        return authorization.answer(challenges, header, asked);
    }

    private IOException trouble(String what, Answer answer) {
        int status = answer.status();
        var said = "could not %s: %s answered %d%s".formatted(what, host(), status, said(answer));
        return switch (status) {
            case 401, 403 -> throw new ImageFault(Kind.UNAUTHORIZED, said);
            case 404 -> throw new ImageFault(Kind.NOT_FOUND, said);
            case 416 -> new RangeRefused();
            case 408, 425, 429 -> new Backoff.Passing(said, backoff.asked(answer).orElse(null));
            default -> {
                if (status < 500) throw new ImageFault(Kind.UNREACHABLE, said);
                yield new Backoff.Passing(said, backoff.asked(answer).orElse(null));
            }
        };
    }

    /// What the registry says in words, if it says anything that can be shown.
    private static String said(Answer answer) {
        try {
            var json = Json.object(answer.read(ERROR_BYTES_MAX, "an error"), "an error");
            return json.objects("errors").stream()
                    .findFirst()
                    .flatMap(error -> error.text("message").or(() -> error.text("code")))
                    .map(text -> ", " + ImageFault.quoted(text))
                    .orElse("");
        } catch (IOException | ImageFault _) {
            return "";
        }
    }
}
