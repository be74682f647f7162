package io.meseta.master.events;

import io.meseta.master.doors.Exchange;
import io.meseta.master.engine.Committed;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.links.Witness;
import io.meseta.master.rendering.Renderer;
import io.meseta.platform.streams.OutboxLimits;
import io.meseta.platform.streams.StreamOutboxes;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells many readers what happens to the cluster, in one dialect.
///
/// Each reader is told a whole state first, or where it brings the id of one that is still on the
/// [Tape], what came after that; then each change, and a beat where there is none. What is said is
/// rendered once for all who may hear the same. A reader that falls behind is told why and let go.
///
/// One thread does it all but the snapshots. The writer leaves its batches in a queue; if that
/// should be full, all readers begin anew. While nobody has listened for a while, nothing is done
/// at all.
public final class Broadcast implements Witness {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private static final int INPUTS_MAX = 4_096;

    /// How long a turn may be late: beats are due so much earlier.
    private static final Duration TURN_MAX = Duration.ofMillis(100);

    /// A reader who is away for longer begins anew.
    private static final Duration AWAKE_MAX = Duration.ofSeconds(60);

    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(5);

    private final String name;
    private final Supplier<Role> role;
    private final Dialect dialect;
    private final BroadcastLimits limits;
    private final StreamOutboxes outboxes;
    private final SnapshotSending snapshots;
    private final Tape tape;
    private final Resuming resuming;
    private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(INPUTS_MAX);
    private final Queue<Subscriber> arriving = new ConcurrentLinkedQueue<>();
    private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final Set<Subscriber> listening = new LinkedHashSet<>();
    private final Thread thread;
    private volatile Optional<Position> position = Optional.empty();
    private volatile boolean isAwake;
    private volatile boolean hasGap;
    private long toldNanos = System.nanoTime();
    private long busyNanos = System.nanoTime();

    private sealed interface Input {}

    private record Batch(Committed committed) implements Input {}

    /// Something is to be done that is not in the queue.
    private record Wake() implements Input {}

    /// @param name for its thread and the log
    public Broadcast(
            String name,
            Supplier<Role> role,
            Dialect dialect,
            BroadcastLimits limits,
            Renderer renderer,
            StreamOutboxes outboxes) {
        this(name, role, dialect, limits, renderer, outboxes, Past.UNKNOWN);
    }

    /// @param past for readers who bring a number from before it was listened to this
    public Broadcast(
            String name,
            Supplier<Role> role,
            Dialect dialect,
            BroadcastLimits limits,
            Renderer renderer,
            StreamOutboxes outboxes,
            Past past) {
        this.name = name;
        this.role = role;
        this.dialect = dialect;
        this.limits = limits;
        this.outboxes = outboxes;
        this.tape = new Tape(dialect, limits.recentMax(), limits.recentBytes());
        this.snapshots =
                new SnapshotSending(name, dialect, renderer, limits.outboxBytes(), () -> position);
        this.resuming = new Resuming(name, past, this::wake);
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
        thread.start();
    }

    @Override
    public void saw(Committed committed) {
        if (isAwake && !inputs.offer(new Batch(committed))) hasGap = true;
    }

    /// How many streams are open.
    public int size() {
        return subscribers.size();
    }

    /// Makes the answer of an exchange, whose status and headers are set, a stream.
    ///
    /// @param known what the reader brings from an earlier stream
    public void open(Exchange exchange, Audience audience, Optional<EventId> known) {
        open(exchange, new Subscriber(audience, known));
    }

    /// The same for a reader who knows all up to an entry of the journal, whoever told it.
    public void openAfter(Exchange exchange, Audience audience, long sequence) {
        open(exchange, Subscriber.after(audience, sequence));
    }

    private void open(Exchange exchange, Subscriber subscriber) {
        subscribers.add(subscriber);
        boolean isOpen = false;
        try {
            // More than is ever offered: who falls behind is to hear why.
            var outbox =
                    new OutboxLimits(
                            (int) Math.min(Integer.MAX_VALUE, 2L * limits.outboxBytes()),
                            limits.stallMax());
            subscriber.opened(
                    outboxes.open(
                            exchange.request(),
                            exchange.response(),
                            outbox,
                            _ -> gone(subscriber)));
            isOpen = true;
        } finally {
            if (!isOpen) gone(subscriber);
        }
        arrive(subscriber);
    }

    /// Ends the stream that has been open for longest.
    public void dropOldest(String reason) {
        subscribers.stream()
                .min((one, other) -> Long.compare(one.openedNanos(), other.openedNanos()))
                .ifPresent(oldest -> oldest.finish(dialect.end(oldest.audience(), reason)));
    }

    private void gone(Subscriber subscriber) {
        subscriber.gone();
        subscribers.remove(subscriber);
    }

    private void arrive(Subscriber subscriber) {
        isAwake = true;
        arriving.add(subscriber);
        wake();
    }

    private void wake() {
        // A full queue wakes the thread as well.
        var _ = inputs.offer(new Wake());
    }

    /// Ends its thread. Streams that are open end with the process.
    public void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_WAIT_MAX);
    }

    private void loop() {
        try {
            while (true) {
                var first = inputs.poll(pauseNanos(), TimeUnit.NANOSECONDS);
                if (first != null) take(first);
                for (int i = inputs.size(); i > 0; i--) take(inputs.take());
                turnSafely();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private long pauseNanos() {
        long turn = TURN_MAX.toNanos();
        if (!tape.hasGathered()) return turn;
        return Math.clamp(toldNanos + limits.gatherMax().toNanos() - System.nanoTime(), 0, turn);
    }

    private void take(Input input) {
        switch (input) {
            case Batch(var committed) -> tape.take(committed);
            case Wake _ -> {
                // Awake.
            }
        }
    }

    private void turnSafely() {
        try {
            turn();
        } catch (RuntimeException fault) {
            LOG.atError().addKeyValue("stream", name).setCause(fault).log("A broadcast has failed");
            finishAll("the master has failed to tell what has changed");
            clear();
        }
    }

    private void turn() {
        if (!isAwake) return;
        settle();
        long now = System.nanoTime();
        if (tape.hasGathered() && now - toldNanos >= limits.gatherMax().toNanos()) tell(now);
        arriving.addAll(resuming.turn(tape));
        for (var next = arriving.poll(); next != null; next = arriving.poll()) admit(next);
        listening.removeIf(Subscriber::isGone);
        for (var subscriber : listening) attend(subscriber, now);
        if (!subscribers.isEmpty()) busyNanos = now;
        else if (now - busyNanos > AWAKE_MAX.toNanos()) sleep();
    }

    /// Follows the reign that there is.
    private void settle() {
        if (role.get() instanceof Role.Leading(var epoch, _, _, var writer)) {
            if (tape.isOf(epoch) && !hasGap) return;
            finishAll(
                    hasGap
                            ? "more has changed than could be told: read it all again"
                            : "another reign has begun");
            // In this order: what comes from now on is either seen or a gap again.
            hasGap = false;
            inputs.clear();
            var view = writer.view();
            tape.begin(epoch, view.cluster(), view.sequence());
            position = tape.position();
        } else if (tape.position().isPresent()) {
            finishAll("this master does not lead any more");
            clear();
        }
    }

    private void clear() {
        tape.clear();
        position = Optional.empty();
    }

    /// Sets the flag first: who arrives meanwhile sets it again, and finds an empty tape.
    private void sleep() {
        isAwake = false;
        clear();
        inputs.clear();
        if (!arriving.isEmpty()) isAwake = true;
    }

    private void tell(long now) {
        var news = tape.publish();
        position = tape.position();
        toldNanos = now;
        for (var each : news) tell(each);
    }

    private void tell(News news) {
        Map<Object, byte[]> frames = new HashMap<>();
        for (var subscriber : listening) {
            if (subscriber.isGone()) continue;
            var audience = subscriber.audience();
            say(subscriber, frames.computeIfAbsent(audience.sharing(), _ -> news.frame(audience)));
        }
    }

    private void admit(Subscriber subscriber) {
        if (subscriber.isGone()) return;
        if (subscriber.wantsToGoOn()) {
            goOn(subscriber);
            return;
        }
        var missed = subscriber.known().flatMap(tape::since);
        if (missed.isPresent()) {
            listening.add(subscriber);
            for (var news : missed.get()) say(subscriber, news.frame(subscriber.audience()));
            // Whoever comes back hears at once that it is up to date.
            if (!subscriber.hasSnapshot()) beat(subscriber);
        } else if (tape.position().isEmpty()) {
            finish(subscriber, "this master does not lead any more");
        } else if (subscriber.hasSnapshot()) {
            finish(subscriber, "more has changed than could be told while you read");
        } else {
            show(subscriber);
        }
    }

    private void show(Subscriber subscriber) {
        subscriber.showing();
        snapshots.send(subscriber, () -> arrive(subscriber));
    }

    private void goOn(Subscriber subscriber) {
        var now = tape.position();
        if (now.isEmpty()) {
            finish(subscriber, "this master does not lead any more");
            return;
        }
        var missed = tape.since(subscriber.after());
        if (missed.isPresent()) {
            subscriber.settled();
            listening.add(subscriber);
            for (var news : missed.get()) say(subscriber, news.frame(subscriber.audience()));
            say(subscriber, dialect.resumed(now.get(), subscriber.audience()));
        } else if (subscriber.after() > now.get().sequence()) {
            reset(subscriber, "no entry has that number yet");
        } else if (subscriber.obstacle().isPresent()) {
            reset(subscriber, subscriber.obstacle().get());
        } else {
            resuming.await(subscriber);
            // The search begins with the next turn, which is now.
            wake();
        }
    }

    private void reset(Subscriber subscriber, String reason) {
        subscriber.settled();
        say(subscriber, dialect.reset(subscriber.audience(), reason));
        show(subscriber);
    }

    private void beat(Subscriber subscriber) {
        var sequence = tape.position().map(Position::sequence).orElse(0L);
        say(subscriber, dialect.beat(subscriber.audience(), sequence));
    }

    private void attend(Subscriber subscriber, long now) {
        if (!subscriber.audience().visibility().holds()) {
            finish(subscriber, "what you may see has changed");
        } else if (isBeatDue(subscriber, now)) {
            beat(subscriber);
        }
    }

    /// Not while there is something to tell: it would not be true.
    private boolean isBeatDue(Subscriber subscriber, long now) {
        long silence = now - subscriber.saidNanos();
        return !tape.hasGathered()
                && silence >= limits.beatInterval().toNanos() - TURN_MAX.toNanos();
    }

    private void say(Subscriber subscriber, byte[] frame) {
        if (frame.length == 0 || subscriber.isGone()) return;
        if (subscriber.waitingBytes() + frame.length > limits.outboxBytes())
            finish(subscriber, "you do not read fast enough");
        else subscriber.say(frame);
    }

    private void finish(Subscriber subscriber, String reason) {
        LOG.atInfo()
                .addKeyValue("stream", name)
                .addKeyValue("reason", reason)
                .log("A reader is let go");
        subscriber.finish(dialect.end(subscriber.audience(), reason));
    }

    /// Those whose snapshot is on its way are cut off: nothing can be said in its midst.
    private void finishAll(String reason) {
        for (var subscriber : subscribers)
            if (listening.contains(subscriber)) finish(subscriber, reason);
            else if (subscriber.isBeingShown()) subscriber.cut();
        listening.clear();
    }
}
