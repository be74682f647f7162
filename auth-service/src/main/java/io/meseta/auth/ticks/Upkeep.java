package io.meseta.auth.ticks;

import io.meseta.auth.agents.JoinTokens;
import io.meseta.auth.changes.Caller;
import io.meseta.auth.changes.Ledger;
import io.meseta.auth.keys.KeysDesk;
import io.meseta.auth.revocations.Revocations;
import io.meseta.auth.sessions.Sessions;
import io.meseta.auth.tokens.Assertions;
import io.meseta.auth.web.Answered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what nobody can need any more. Each process does it; a second time does nothing.
public final class Upkeep implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    /// What expired a moment ago here may be good still where the clock is late.
    private static final Duration SLACK = Duration.ofMinutes(10);

    private static final Duration ANSWERS_KEPT = Duration.ofDays(1);

    private final Ledger ledger;
    private final KeysDesk keys;
    private final Memories memories;
    private final InstantSource time;
    private final Duration sessionLifetime;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("upkeep").daemon().factory());

    /// What grows.
    public record Memories(
            Revocations revocations,
            Sessions sessions,
            JoinTokens joinTokens,
            Assertions assertions,
            Answered answered) {}

    /// @param sessionLifetime how long a revocation of a principal may still end a session
    public Upkeep(
            Ledger ledger,
            KeysDesk keys,
            Memories memories,
            InstantSource time,
            Duration sessionLifetime) {
        this.ledger = ledger;
        this.keys = keys;
        this.memories = memories;
        this.time = time;
        this.sessionLifetime = sessionLifetime;
    }

    public void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::lookAround,
                        PERIOD.toMillis(),
                        PERIOD.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void lookAround() {
        try {
            tidy();
        } catch (RuntimeException failure) {
            // A thread that throws is never called again; the next round may do better.
            LOG.atWarn().setCause(failure).log("Nothing was cleared away this time");
        }
    }

    /// One round. The next bundle is smaller by what was forgotten.
    void tidy() {
        Instant expired = time.instant().minus(SLACK);
        ledger.<Boolean>note(
                Caller.ITSELF,
                _ -> {
                    memories.sessions().forget(expired.minus(ANSWERS_KEPT));
                    memories.joinTokens().forget(expired.minus(ANSWERS_KEPT));
                    memories.assertions().forget(expired);
                    memories.answered().forget(expired.minus(ANSWERS_KEPT));
                    return memories.revocations().forget(expired, expired.minus(sessionLifetime));
                });
        keys.tidy();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("The upkeep is slow to stop");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
