package io.meseta.gateway.catalogue;

import io.meseta.gateway.forwarding.Upstream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Follows the leading master's stream of changes, from where it stopped if the master can, and
/// says how old what it knows is.
public final class CatalogueFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFollower.class);

    private static final String PATH = "/api/meseta/v1/events";
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /// The master speaks at least every 2 s; after this much silence the connection is given up.
    private static final Duration SILENCE_MAX = Duration.ofSeconds(6);

    private static final Duration PAUSE_MIN = Duration.ofMillis(50);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(2);
    private static final int UNAUTHORIZED = 401;

    private final Guide guide;
    private final JsonMapper mapper;
    private final Duration staleAfter;
    private final long eventMax;
    private final Ledger ledger = new Ledger();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(ANSWER_MAX)
                    .build();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("catalogue-watch").factory());

    private volatile Catalogue current = Catalogue.EMPTY;
    private volatile long heardNanos;
    private volatile boolean hasHeard;
    private @Nullable Thread thread;
    private String lastId = "";

    /// Where to ask, and as whom.
    ///
    /// @param leader the leading master, if one is known
    /// @param authorization this service's own header, if it has one
    /// @param doubt says that the leader did not behave like one
    /// @param refused says that the header was refused
    public record Guide(
            Supplier<Optional<Upstream>> leader,
            Supplier<Optional<String>> authorization,
            Runnable doubt,
            Consumer<String> refused) {}

    public CatalogueFollower(Guide guide, JsonMapper mapper, Duration staleAfter, long eventMax) {
        this.guide = guide;
        this.mapper = mapper;
        this.staleAfter = staleAfter;
        this.eventMax = eventMax;
    }

    public void start() {
        thread = Thread.ofVirtual().name("catalogue").start(this::follow);
    }

    /// What is known, however old.
    public Catalogue current() {
        return current;
    }

    /// Whether what is known may still be acted upon.
    public boolean isFresh() {
        return hasHeard && age().compareTo(staleAfter) <= 0;
    }

    /// Since the master last spoke; since the start if it never did.
    public Duration age() {
        return Duration.ofNanos(hasHeard ? System.nanoTime() - heardNanos : Long.MAX_VALUE);
    }

    private void follow() {
        var pause = PAUSE_MIN;
        while (!Thread.currentThread().isInterrupted()) {
            var before = heardNanos;
            try {
                var leader = guide.leader().get();
                if (leader.isPresent()) listen(leader.get());
            } catch (InterruptedException _) {
                return;
            } catch (IOException | RuntimeException failure) {
                LOG.atInfo()
                        .addKeyValue("cause", failure.toString())
                        .log("The stream of changes broke off; asking again");
                guide.doubt().run();
            }
            pause = heardNanos == before ? longer(pause) : PAUSE_MIN;
            try {
                Thread.sleep(pause);
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
    }

    private void listen(Upstream leader) throws IOException, InterruptedException {
        var header = guide.authorization().get();
        var request =
                HttpRequest.newBuilder(URI.create("http://" + leader.authority() + PATH))
                        .timeout(ANSWER_MAX)
                        .header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) request.header("Last-Event-ID", lastId);
        header.ifPresent(value -> request.header("Authorization", value));
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() == UNAUTHORIZED) header.ifPresent(guide.refused());
            if (answer.statusCode() != 200) {
                throw new IOException("the master answered " + answer.statusCode());
            }
            var lastWord = new AtomicLong(System.nanoTime());
            var silence =
                    watch.scheduleAtFixedRate(
                            () -> closeIfSilent(body, lastWord.get()), 1, 1, TimeUnit.SECONDS);
            try {
                readAll(new SseFrames(body, eventMax), lastWord);
            } finally {
                silence.cancel(false);
            }
        }
    }

    private static void closeIfSilent(InputStream body, long lastWordNanos) {
        if (System.nanoTime() - lastWordNanos < SILENCE_MAX.toNanos()) return;
        try {
            body.close();
        } catch (IOException _) {
            // Whoever reads from it is told either way.
        }
    }

    private void readAll(SseFrames frames, AtomicLong lastWord) throws IOException {
        while (true) {
            var frame = frames.next();
            lastWord.set(System.nanoTime());
            try {
                if (!take(frame)) return;
            } catch (JacksonException unreadable) {
                lastId = "";
                throw new IOException("an event cannot be read", unreadable);
            }
            lastId = frame.id();
        }
    }

    /// False at the stream's orderly end.
    private boolean take(SseFrames.Frame frame) {
        switch (frame.type()) {
            case "snapshot" -> {
                ledger.clear();
                ledger.take(mapper.readTree(frame.data()));
                current = ledger.catalogue();
            }
            case "change" -> {
                ledger.take(mapper.readTree(frame.data()));
                current = ledger.catalogue();
            }
            case "end" -> {
                guide.doubt().run();
                return false;
            }
            default -> {
                // A beat, or a kind of event from a later version: the master is there.
            }
        }
        heardNanos = System.nanoTime();
        hasHeard = true;
        return true;
    }

    @Override
    public void close() {
        var following = thread;
        if (following != null) following.interrupt();
        watch.shutdownNow();
        http.shutdownNow();
    }
}
