package io.meseta.images.registry;

import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Requests, one at a time: redirects are followed, nothing is tried again.
///
/// Secrets go to the host they were meant for and to no other, wherever an answer points. Without
/// TLS only hosts are reached that the settings name.
final class Http implements AutoCloseable {

    private static final int REDIRECTS_MAX = 5;
    private static final int PORT_MAX = 65_535;

    private final RegistrySettings settings;
    private final StallWatch stalls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    Http(RegistrySettings settings) {
        this.settings = settings;
        this.stalls = new StallWatch(settings.stallTimeout());
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.connectTimeout())
                        .executor(threads)
                        .build();
    }

    /// What to ask.
    ///
    /// @param form the body of a POST; null for a request without body
    record Question(
            String method,
            URI address,
            Map<String, String> headers,
            @Nullable String authorization,
            @Nullable String form) {

        Question {
            headers = Map.copyOf(headers);
        }

        static Question get(URI address, Map<String, String> headers) {
            return new Question("GET", address, headers, null, null);
        }

        static Question head(URI address, Map<String, String> headers) {
            return new Question("HEAD", address, headers, null, null);
        }

        Question with(@Nullable String authorization) {
            return new Question(method, address, headers, authorization, form);
        }

        Question with(String header, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Question(method, address, more, authorization, form);
        }

        /// Without what is a secret.
        @Override
        public String toString() {
            return method + " " + shown(address);
        }

        private Question at(URI next) {
            var isSame = hostOf(next).equals(hostOf(address));
            var kept = isSame && next.getScheme().equals(address.getScheme());
            // What is posted is a token that others must not have either.
            if (form != null && !kept) {
                throw new ImageFault(
                        Kind.UNREACHABLE,
                        "%s would have us tell a secret to %s"
                                .formatted(hostOf(address), hostOf(next)));
            }
            return new Question(method, next, headers, kept ? authorization : null, form);
        }
    }

    Answer ask(Question question) throws IOException, InterruptedException {
        var next = question;
        for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
            var answer = once(next);
            if (!isRedirect(answer.status())) return answer;
            answer.close();
            next = next.at(target(next.address(), answer));
        }
        throw new ImageFault(
                Kind.UNREACHABLE, "too many redirects from " + shown(question.address()));
    }

    private Answer once(Question question) throws IOException, InterruptedException {
        checkScheme(question.address());
        var body =
                question.form() == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(question.form());
        var request =
                HttpRequest.newBuilder(question.address())
                        .timeout(settings.answerTimeout())
                        .header("User-Agent", "meseta")
                        .method(question.method(), body);
        question.headers().forEach(request::setHeader);
        if (question.authorization() != null) {
            request.setHeader("Authorization", question.authorization());
        }
        var response = client.send(request.build(), BodyHandlers.ofInputStream());
        return new Answer(response.statusCode(), response.headers(), stalls.watch(response.body()));
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static URI target(URI from, Answer answer) {
        try {
            return from.resolve(URI.create(answer.header("Location").orElse("")));
        } catch (IllegalArgumentException _) {
            throw new ImageFault(Kind.UNREACHABLE, "a redirect to nowhere from " + shown(from));
        }
    }

    private void checkScheme(URI address) {
        var scheme = address.getScheme();
        var isPlain = "http".equals(scheme);
        if (address.getHost() == null || !(isPlain || "https".equals(scheme))) {
            throw new ImageFault(Kind.UNREACHABLE, "no address of a registry: " + shown(address));
        }
        // A port that no machine has would end in an exception of the client's own.
        if (address.getPort() > PORT_MAX) {
            throw new ImageFault(Kind.UNREACHABLE, "no port of a registry: " + shown(address));
        }
        if (isPlain && !settings.plainHttp().contains(hostOf(address))) {
            throw new ImageFault(
                    Kind.UNREACHABLE,
                    "%s would be reached without TLS, which the configuration does not allow"
                            .formatted(hostOf(address)));
        }
    }

    /// With the port, if the address names one.
    static String hostOf(URI address) {
        return address.getPort() < 0
                ? String.valueOf(address.getHost())
                : address.getHost() + ":" + address.getPort();
    }

    /// Without user and query, which may be secrets.
    static String shown(URI address) {
        return "%s://%s%s".formatted(address.getScheme(), hostOf(address), address.getPath());
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
        stalls.close();
    }
}
