package io.meseta.master.rendering;

import io.meseta.isolation.linux.Niceness;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders what many want to see, one document after the other, each once for all who want it of
/// the same state.
///
/// Who comes while a document is being rendered of a state that is no longer the newest waits for
/// the next one, together with all who come until that begins. So twenty who poll cost what two do.
///
/// The naive way is a rendering for each caller, on the caller's thread, with a bound on how many
/// at a time: the machine's processors are then the readers', and the writer waits for its turn. So
/// this one thread holds itself back: to the kernel it comes after all others, and it rests after
/// each piece of work, longer while commands wait for the writer.
public final class Renderer {

    private static final Logger LOG = LoggerFactory.getLogger(Renderer.class);

    private static final Duration STOP_WAIT_MAX = Duration.ofSeconds(5);

    /// It works at most two thirds of the time.
    private static final int REST_PART = 2;

    /// How long it gives way at a time while the writer has more to do than it can.
    private static final long GIVE_WAY_NANOS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Object, Rendering<?>> newest = new HashMap<>();
    private final Queue<Rendering<?>> jobs = new ArrayDeque<>();
    private final RenderingProperties limits;
    private final BooleanSupplier isWriterBusy;
    private final Thread thread;
    private long renderings;
    private long shared;

    /// Prints a state, in pieces.
    @FunctionalInterface
    public interface Printer<S> {
        void print(S state, OutputStream out) throws IOException;
    }

    /// @param isWriterBusy whether commands wait; asked often
    Renderer(RenderingProperties limits, BooleanSupplier isWriterBusy) {
        this.limits = limits;
        this.isWriterBusy = isWriterBusy;
        this.thread = Thread.ofPlatform().daemon().name("renderer").unstarted(this::loop);
        thread.start();
    }

    /// A way to read the document that the printer makes of the newest state, or one that others
    /// wait for already. Empty if too many different ones are wanted.
    ///
    /// @param key says which document it is, in which form, and for whom
    /// @param state the newest one; each version is an object of its own
    public <S> Optional<Reading<S>> read(Object key, Supplier<S> state, Printer<S> printer) {
        lock.lock();
        try {
            @SuppressWarnings("unchecked") // a key says of what type the state is
            var known = (Rendering<S>) newest.get(key);
            if (known != null && known.isFresh(state)) {
                known.join();
                shared++;
                return Optional.of(new Reading<>(this, known));
            }
            if (jobs.size() >= limits.waitingMax()) return Optional.empty();
            var spool = new Spool((int) limits.memoryMax().toBytes(), limits.sizeMax().toBytes());
            var rendering = new Rendering<>(new Rendering.Wanted<>(key, state, printer), spool);
            rendering.join();
            newest.put(key, rendering);
            jobs.add(rendering);
            arrived.signal();
            return Optional.of(new Reading<>(this, rendering));
        } finally {
            lock.unlock();
        }
    }

    /// How many documents have been rendered since this process started. For metrics.
    public long renderings() {
        lock.lock();
        try {
            return renderings;
        } finally {
            lock.unlock();
        }
    }

    /// How many readers were shown what was rendered for others. For metrics.
    public long shared() {
        lock.lock();
        try {
            return shared;
        } finally {
            lock.unlock();
        }
    }

    void leave(Rendering<?> rendering) {
        lock.lock();
        try {
            if (!rendering.leave()) return;
            newest.remove(rendering.key(), rendering);
            jobs.remove(rendering);
        } finally {
            lock.unlock();
        }
        rendering.spool().drop();
    }

    private void loop() {
        Niceness.giveWay();
        try {
            while (true) {
                var next = take();
                var pace = new Pace(isWriterBusy);
                next.print(pace::rest);
                pace.rest();
                LOG.atDebug().addKeyValue("document", next.key()).log("Rendered");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Rendering<?> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (jobs.isEmpty()) arrived.await();
            renderings++;
            return jobs.remove();
        } finally {
            lock.unlock();
        }
    }

    /// Ends its thread.
    public void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(STOP_WAIT_MAX);
    }

    /// Rests between two pieces of work.
    private static final class Pace {

        private final BooleanSupplier isWriterBusy;
        private long workedSince = System.nanoTime();

        Pace(BooleanSupplier isWriterBusy) {
            this.isWriterBusy = isWriterBusy;
        }

        void rest() {
            long worked = System.nanoTime() - workedSince;
            LockSupport.parkNanos(worked / REST_PART);
            if (isWriterBusy.getAsBoolean()) LockSupport.parkNanos(GIVE_WAY_NANOS);
            workedSince = System.nanoTime();
        }
    }
}
