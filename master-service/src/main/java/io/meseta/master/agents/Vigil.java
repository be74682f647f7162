package io.meseta.master.agents;

import io.meseta.master.core.reign.Epoch;
import io.meseta.master.doors.Exchange;
import io.meseta.master.doors.LeaderDoor;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Agents that wait to hear of the next leader.
///
/// An agent keeps such a question open at a master that does not lead it. So it hears of a
/// successor as soon as this master does, whatever has become of its own leader: one that only
/// stands still ends no connection, and to wait for its silence takes much longer. A question that
/// waits is a connection and no thread.
final class Vigil implements SmartLifecycle {

    /// On a question: whoever leads in a later epoch is asked for. On an answer: the epoch in which
    /// leads whom it names.
    static final String EPOCH = "Meseta-Epoch";

    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private static final int NO_CONTENT = 204;

    /// Agents who are all told in one instant all come in one instant, and a new leader, which does
    /// much for the first time then, would have no time for frameworks: in the first moments few
    /// are told at once.
    private static final int ANSWERS_AT_ONCE = 8;

    private static final int ANSWERS_AT_ONCE_AT_FIRST = 4;

    private static final Duration LOOK = Duration.ofMillis(25);
    private static final Duration AGE_MAX = Duration.ofSeconds(2);

    /// So many are told with long pauses, which takes about a second.
    private static final int GENTLY = 80;

    private static final Duration GENTLE_PAUSE = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Leadership leadership;
    private final Duration waitMax;
    private final int waitersMax;
    private final Map<AsyncContext, Waiter> waiters = new ConcurrentHashMap<>();
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("agents-vigil").unstarted(this::run);
    private volatile boolean isRunning;
    private volatile boolean isOver;

    private record Waiter(Exchange exchange, Epoch above) {}

    /// Who leads.
    ///
    /// @param elsewhere empty if it is this master
    private record Leader(Epoch epoch, Optional<Address> elsewhere) {}

    /// @param waitMax how long a question stays open for which there is no answer
    /// @param waitersMax how many may be open
    Vigil(Leadership leadership, Duration waitMax, int waitersMax) {
        this.leadership = leadership;
        this.waitMax = waitMax;
        this.waitersMax = waitersMax;
    }

    /// Answers at once if this master leads, or if another does in an epoch above the given one;
    /// else as soon as that is so, or says that it is not.
    void answer(Exchange exchange, Epoch above) throws IOException {
        var leader = leader(above);
        if (leader.isPresent()) {
            say(exchange, leader.get());
            return;
        }
        if (isOver || waiters.size() >= waitersMax) {
            exchange.unavailable("No answer can be waited for here");
            return;
        }
        var context = exchange.request().startAsync(exchange.request(), exchange.response());
        context.setTimeout(waitMax.toMillis());
        context.addListener(new Ends(context));
        waiters.put(context, new Waiter(exchange, above));
        // What has changed since the first look was told to those who waited then.
        changes.release();
    }

    /// How many wait.
    int waiting() {
        return waiters.size();
    }

    @Override
    public void start() {
        isRunning = true;
        if (thread.getState() != Thread.State.NEW) return;
        leadership.onChange(changes::release);
        thread.start();
    }

    /// The server does not stop before every request has been answered.
    @Override
    public void stop() {
        isRunning = false;
        isOver = true;
        for (var context : waiters.keySet())
            finish(context, waiter -> waiter.exchange().unavailable("This master is stopping"));
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    /// Before the server, and after leadership has been given up.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }

    private void run() {
        try {
            while (!isOver) {
                // A reign that is about to begin tells nobody: its first entry comes with the
                // others.
                if (isExpecting()) changes.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                else changes.acquire();
                changes.drainPermits();
                tell();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() throws InterruptedException {
        int told = 0;
        for (var each : waiters.entrySet()) {
            var leader = leader(each.getValue().above());
            if (leader.isEmpty()) continue;
            finish(each.getKey(), waiter -> say(waiter.exchange(), leader.get()));
            boolean isGentle = ++told <= GENTLY;
            if (told % (isGentle ? ANSWERS_AT_ONCE_AT_FIRST : ANSWERS_AT_ONCE) != 0) continue;
            TimeUnit.MILLISECONDS.sleep((isGentle ? GENTLE_PAUSE : PAUSE).toMillis());
        }
    }

    private Optional<Leader> leader(Epoch above) {
        return switch (leadership.role()) {
            case Role.Leading(var epoch, _, _, _) ->
                    Optional.of(new Leader(epoch, Optional.empty()));
            case Role.Following(var address, var epoch) ->
                    epoch.compareTo(above) > 0 && hasBegun(epoch)
                            ? Optional.of(new Leader(epoch, Optional.of(address)))
                            : Optional.empty();
            case Role.Recovering _, Role.Leaderless _ -> Optional.empty();
        };
    }

    private boolean isExpecting() {
        return !waiters.isEmpty()
                && leadership.role() instanceof Role.Following(_, var epoch)
                && !hasBegun(epoch);
    }

    /// Whoever has just obtained the lease reads the journal first and would turn agents away. A
    /// master that does not know the newest entries can't tell.
    private boolean hasBegun(Epoch epoch) {
        return leadership
                .followed()
                .filter(followed -> followed.age().compareTo(AGE_MAX) < 0)
                .map(followed -> followed.cluster().reign().epoch().compareTo(epoch) >= 0)
                .orElse(true);
    }

    private static void say(Exchange exchange, Leader leader) throws IOException {
        exchange.response().setHeader(EPOCH, Long.toString(leader.epoch().number()));
        if (leader.elsewhere().isPresent()) LeaderDoor.redirect(exchange, leader.elsewhere().get());
        else exchange.empty(NO_CONTENT);
    }

    @FunctionalInterface
    private interface Saying {
        void to(Waiter waiter) throws IOException;
    }

    /// Whoever takes a question from the list answers it.
    private void finish(AsyncContext context, Saying saying) {
        var waiter = waiters.remove(context);
        if (waiter == null) return;
        try {
            saying.to(waiter);
            context.complete();
        } catch (IOException | IllegalStateException gone) {
            LOG.atDebug().setCause(gone).log("An agent did not wait for its answer");
        }
    }

    private final class Ends implements AsyncListener {

        private final AsyncContext context;

        private Ends(AsyncContext context) {
            this.context = context;
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            finish(context, waiter -> waiter.exchange().unavailable("Nobody has begun to lead"));
        }

        @Override
        public void onError(AsyncEvent event) {
            waiters.remove(context);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            waiters.remove(context);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // A question is asked once.
        }
    }
}
