package io.meseta.platform.bundles;

import io.meseta.platform.bundles.BundleShelf.Arrival;
import io.meseta.platform.credentials.AuthProperties;
import io.meseta.platform.credentials.CredentialFault;
import io.meseta.platform.credentials.OwnToken;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Holds a request with the auth-service that is answered when there is a newer bundle, for as long
/// as this process runs.
final class BundleFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BundleFollower.class);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /// The auth-service answers after 25 s even if nothing is new.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    private static final long PAUSE_MILLIS_MIN = 200;
    private static final long PAUSE_MILLIS_MAX = 10_000;
    private static final long BODY_BYTES_MAX = (64L << 20) + 128;

    private final AuthProperties auth;
    private final OwnToken own;
    private final CurrentBundle current;
    private final BundleShelf shelf;
    private final MeterRegistry meters;
    private volatile @Nullable Thread thread;
    private String lastTrouble = "";

    BundleFollower(
            AuthProperties auth,
            OwnToken own,
            CurrentBundle current,
            BundleShelf shelf,
            MeterRegistry meters) {
        this.auth = auth;
        this.own = own;
        this.current = current;
        this.shelf = shelf;
        this.meters = meters;
    }

    @Override
    public void start() {
        shelf.open();
        thread = Thread.ofVirtual().name("bundle-follower").start(this::follow);
    }

    @Override
    public void stop() {
        var running = thread;
        if (running != null) running.interrupt();
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /// Before the web server, so that a bundle may be there when the first request is.
    @Override
    public int getPhase() {
        return 0;
    }

    private void follow() {
        try (var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT_MAX)
                        .build()) {
            long pause = PAUSE_MILLIS_MIN;
            while (!Thread.currentThread().isInterrupted()) {
                var trouble = trouble(http);
                tell(trouble);
                if (trouble.isEmpty()) {
                    pause = PAUSE_MILLIS_MIN;
                } else {
                    Thread.sleep(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
                    pause = Math.min(2 * pause, PAUSE_MILLIS_MAX);
                }
            }
            http.shutdownNow();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// One request and what came of it: why the next should wait a little, or nothing.
    private Optional<String> trouble(HttpClient http) throws InterruptedException {
        try {
            long before = current.version();
            var header = own.header();
            var answer = ask(http, before, header);
            if (answer.statusCode() == 401 && header.isPresent()) {
                own.refused(header.get());
                answer = ask(http, before, own.header());
            }
            return switch (answer.statusCode()) {
                case 200 -> taken(answer.body(), before);
                case 204 -> Optional.empty();
                default -> Optional.of("it answered " + answer.statusCode());
            };
        } catch (CredentialFault fault) {
            return Optional.of(fault.getMessage() == null ? "no token" : fault.getMessage());
        } catch (IOException failure) {
            return Optional.of("no answer: " + failure);
        }
    }

    private HttpResponse<byte[]> ask(HttpClient http, long after, Optional<String> header)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(auth.at("/auth/v1/bundle?after=" + after))
                        .timeout(ANSWER_MAX)
                        .header("Accept", "application/octet-stream");
        header.ifPresent(value -> request.header("Authorization", value));
        return http.send(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), BODY_BYTES_MAX));
    }

    private Optional<String> taken(byte[] bytes, long before) {
        return switch (shelf.arrived(bytes)) {
            case Arrival.InUse(var version) -> {
                if (version == before) yield Optional.of("it sent what is known already");
                LOG.atInfo().addKeyValue("version", version).log("A new bundle is in use");
                yield Optional.empty();
            }
            case Arrival.Refused(var cause, var reason) -> {
                meters.counter("meseta.bundle.refused", "cause", cause).increment();
                yield Optional.of(reason);
            }
        };
    }

    /// Once for each new trouble, and once when it is over: the same line every ten seconds is not
    /// read.
    private void tell(Optional<String> trouble) {
        var now = trouble.orElse("");
        if (now.equals(lastTrouble)) return;
        if (now.isEmpty()) LOG.atInfo().log("The auth-service gives bundles again");
        else LOG.atWarn().addKeyValue("reason", now).log("No bundle from the auth-service");
        lastTrouble = now;
    }
}
