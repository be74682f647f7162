package io.meseta.gateway.masters;

import io.meseta.gateway.forwarding.Upstream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows the leading master.
///
/// One virtual thread for each configured master asks it where the leader is (`/master/redirect`),
/// so that one that hangs delays no other's word.
public final class Masters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Masters.class);

    private static final String QUESTION = "/master/redirect";
    private static final int POINTED = 307;
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    /// A word older than this counts no more: its master hangs.
    private static final Duration CLAIM_AGE_MAX = Duration.ofMillis(1500);

    /// Doubts close together are one: a burst of failures must not become a burst of questions.
    private static final Duration DOUBT_PAUSE = Duration.ofMillis(20);

    private final List<URI> addresses;
    private final Duration interval;
    private final Claims claims = new Claims(CLAIM_AGE_MAX);
    private final List<Thread> askers = new ArrayList<>();
    private final ConcurrentHashMap<URI, Semaphore> bells = new ConcurrentHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(ANSWER_MAX)
                    .build();

    public Masters(List<URI> addresses, Duration interval) {
        this.addresses = List.copyOf(addresses);
        this.interval = interval;
    }

    public void start() {
        for (var address : addresses) {
            var bell = new Semaphore(0);
            bells.put(address, bell);
            askers.add(Thread.ofVirtual().name("ask-master").start(() -> askOn(address, bell)));
        }
    }

    /// The leading master; empty while none is known to lead.
    public Optional<Upstream> leader() {
        return claims.leader(System.nanoTime());
    }

    /// Asks all of them at once, since whoever was believed to lead did not answer, or said no.
    public void doubt() {
        for (var bell : bells.values()) {
            if (bell.availablePermits() == 0) bell.release();
        }
    }

    private void askOn(URI address, Semaphore bell) {
        var master = Upstream.of(address);
        var before = leader();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                ask(address, master);
                var now = leader();
                if (!now.equals(before))
                    LOG.atInfo().addKeyValue("leader", text(now)).log("Leader");
                before = now;
                Thread.sleep(DOUBT_PAUSE);
                if (bell.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS))
                    bell.drainPermits();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Optional<Upstream> leader) {
        return leader.map(Upstream::authority).orElse("none");
    }

    private void ask(URI address, Upstream master) throws InterruptedException {
        var question =
                HttpRequest.newBuilder(URI.create("http://" + master.authority() + QUESTION))
                        .timeout(ANSWER_MAX)
                        .build();
        try {
            var answer = http.send(question, BodyHandlers.discarding());
            var location = answer.headers().firstValue("Location");
            if (answer.statusCode() == POINTED && location.isPresent()) {
                claims.name(
                        master, Upstream.of(address.resolve(location.get())), System.nanoTime());
            } else {
                claims.nameNobody(master);
            }
        } catch (ConnectException _) {
            claims.nameNobody(master);
        } catch (IOException | IllegalArgumentException silent) {
            // It hangs, or its answer makes no sense: its last word stands until that is too old.
            LOG.atDebug().setCause(silent).addKeyValue("master", master).log("A master is silent");
        }
    }

    @Override
    public void close() {
        askers.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
