package io.meseta.client;

import com.google.protobuf.ByteString;
import io.meseta.client.ClientFault.Garbled;
import io.meseta.client.ClientFault.Rejected;
import io.meseta.client.ClientFault.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// HTTP as all our calls need it: bounded in time and bytes, and redirected as masters do it.
///
/// A master that does not lead answers 307 with `Location: //host:port/path`; the body must be sent
/// again, which the JDK's client does not do for a scheme-less address.
final class Http implements AutoCloseable {

    private static final int REDIRECTS_MAX = 5;
    private static final int UNAUTHORIZED = 401;
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    private static final String STREAM_ID = "Mesos-Stream-Id";

    /// What is read of the body of an answer that says no.
    private static final int REFUSAL_BYTES_MAX = 64 * 1024;

    private final HttpClient client;
    private final Duration timeout;
    private final Identity identity;

    Http(Duration timeout) {
        this(timeout, Identity.nobody());
    }

    Http(Duration timeout, Identity identity) {
        this.timeout = timeout;
        this.identity = identity;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    /// A request that can be sent again to wherever a redirect points.
    ///
    /// @param body sent by POST; a request without one is a GET
    record Outgoing(URI address, Map<String, String> headers, ByteString body, boolean isPost) {

        static Outgoing get(URI address) {
            return new Outgoing(address, Map.of(), ByteString.EMPTY, false);
        }

        static Outgoing post(URI address, Map<String, String> headers, ByteString body) {
            return new Outgoing(address, headers, body, true);
        }

        Outgoing redirectedTo(URI other) {
            return new Outgoing(other, headers, body, isPost);
        }

        private HttpRequest request(Duration timeout, Optional<String> authorization) {
            var request = HttpRequest.newBuilder(address).timeout(timeout);
            headers.forEach(request::header);
            authorization.ifPresent(value -> request.header("Authorization", value));
            return isPost
                    ? request.POST(BodyPublishers.ofByteArray(body.toByteArray())).build()
                    : request.build();
        }
    }

    /// An answer of the 200 kind, and the address that gave it.
    record Answer<T>(URI address, int status, T body, Map<String, String> headers) {}

    /// The whole answer, at most `bytesMax` of it.
    Answer<byte[]> whole(Outgoing outgoing, long bytesMax) {
        var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax);
        return answer(outgoing, handler, REDIRECTS_MAX);
    }

    /// The same, from nobody else: who points elsewhere counts as gone.
    Answer<byte[]> onlyThere(Outgoing outgoing, long bytesMax) {
        var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytesMax);
        return answer(outgoing, handler, 0);
    }

    /// An endless answer: the timeout is for its head only. Whoever closes the body ends it.
    Answer<InputStream> stream(Outgoing outgoing) {
        return answer(outgoing, BodyHandlers.ofInputStream(), REDIRECTS_MAX);
    }

    private <T> Answer<T> answer(Outgoing first, BodyHandler<T> handler, int redirectsMax) {
        var outgoing = first;
        var authorization = identity.authorization();
        boolean isRenewed = false;
        for (int hop = 0; hop <= redirectsMax; hop++) {
            HttpResponse<Heard<T>> response = exchange(outgoing, authorization, hearing(handler));
            int status = response.statusCode();
            if (status == UNAUTHORIZED && !isRenewed && mayRenew(authorization)) {
                isRenewed = true;
                authorization = identity.authorization();
                response = exchange(outgoing, authorization, hearing(handler));
                status = response.statusCode();
            }
            switch (response.body()) {
                case Given<T>(T body) -> {
                    var headers = Map.of(STREAM_ID, header(response, STREAM_ID));
                    return new Answer<>(outgoing.address(), status, body, headers);
                }
                case Refused<T>(ByteString text) -> {
                    if (status != TEMPORARY_REDIRECT && status != PERMANENT_REDIRECT) {
                        var problem = Problem.of(status, header(response, "Content-Type"), text);
                        throw new Rejected(outgoing.address(), problem);
                    }
                    var target = target(outgoing, header(response, "Location"));
                    outgoing = outgoing.redirectedTo(target);
                }
            }
        }
        if (redirectsMax == 0) throw new Unreachable(first.address(), "another master leads");
        throw new Garbled(first.address(), "more than " + redirectsMax + " redirects");
    }

    /// Whether a refused token may be exchanged for a better one.
    private boolean mayRenew(Optional<String> refused) {
        return refused.filter(identity::forget).isPresent();
    }

    /// The body of an answer, by what its status says.
    private sealed interface Heard<T> {}

    private record Given<T>(T body) implements Heard<T> {}

    private record Refused<T>(ByteString text) implements Heard<T> {}

    /// Refusals are read by a handler of their own: who says no must not choose how much we read.
    private static <T> BodyHandler<Heard<T>> hearing(BodyHandler<T> handler) {
        return head -> {
            if (head.statusCode() / 100 == 2) {
                return BodySubscribers.mapping(handler.apply(head), Given::new);
            }
            var bounded = BodyHandlers.limiting(BodyHandlers.ofByteArray(), REFUSAL_BYTES_MAX);
            return BodySubscribers.mapping(
                    bounded.apply(head), text -> new Refused<>(ByteString.copyFrom(text)));
        };
    }

    /// Waits for the whole exchange, not for the head alone: a server that stalls inside the body
    /// must not hold us.
    private <T> HttpResponse<T> exchange(
            Outgoing outgoing, Optional<String> authorization, BodyHandler<T> handler) {
        var address = outgoing.address();
        var exchange = client.sendAsync(outgoing.request(timeout, authorization), handler);
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            exchange.cancel(true);
            throw new Unreachable(address, "no answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unreachable(address, "interrupted", interrupted);
        } catch (ExecutionException failure) {
            throw fault(address, failure.getCause());
        }
    }

    private ClientFault fault(URI address, @Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ ->
                    new Unreachable(address, "no answer within " + timeout.toMillis() + " ms");
            case ConnectException refused ->
                    new Unreachable(address, "connection refused or host unknown", refused);
            case IOException broken -> new Unreachable(address, reason(broken), broken);
            case null, default -> new Garbled(address, String.valueOf(cause));
        };
    }

    private static String reason(IOException broken) {
        var message = broken.getMessage();
        return message == null ? broken.getClass().getSimpleName() : message;
    }

    private static URI target(Outgoing outgoing, String location) {
        URI target;
        try {
            target = outgoing.address().resolve(location);
        } catch (IllegalArgumentException _) {
            throw new Garbled(outgoing.address(), "a redirect to no address");
        }
        var scheme = target.getScheme();
        boolean keepsScheme = outgoing.address().getScheme().equals(scheme);
        if (location.isEmpty() || target.getHost() == null || !keepsScheme) {
            throw new Garbled(outgoing.address(), "a redirect to where we do not follow");
        }
        return target;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
