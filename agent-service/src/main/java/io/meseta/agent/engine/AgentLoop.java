package io.meseta.agent.engine;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Effects;
import io.meseta.agent.core.machine.Event;
import io.meseta.agent.core.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that may change the [Machine].
///
/// A batch is written down, then visible, then answered, then acted upon, in that order: the agent
/// can be killed between any two of them.
public final class AgentLoop implements CommandDoor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);
    private static final int BATCH_MAX = 64;
    private static final Duration INBOX_WAIT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration IDLE_MAX = Duration.ofSeconds(1);

    private record Submission(Command command, CompletableFuture<Decision> answer) {}

    private final BlockingQueue<Submission> inbox = new ArrayBlockingQueue<>(16 * BATCH_MAX);
    private final Recorder recorder;
    private final InstantSource clock;
    private final RandomGenerator seeds;
    private final Thread thread = Thread.ofPlatform().name("agent-loop").unstarted(this::run);
    private volatile Machine current;
    private volatile EffectRunner effects = (_, _) -> {};
    private volatile boolean isClosed;
    private volatile boolean isStarted;
    private Instant latest = Instant.MIN;

    /// A loop that has yet to be started.
    ///
    /// @param recovered where the last agent process stopped
    public AgentLoop(
            Machine recovered, Recorder recorder, InstantSource clock, RandomGenerator seeds) {
        this.current = recovered;
        this.recorder = recorder;
        this.clock = clock;
        this.seeds = seeds;
    }

    /// Begins to take commands.
    ///
    /// @param runner what carries effects out, and looks at the whole after each command and once a
    ///   second
    public void start(EffectRunner runner) {
        effects = runner;
        thread.start();
        isStarted = true;
    }

    /// Whether what the last agent process has left was taken up.
    public boolean isStarted() {
        return isStarted;
    }

    /// What is recorded. Never waits.
    public Machine current() {
        return current;
    }

    @Override
    public Decision submit(Command command) throws InterruptedException {
        var submission = new Submission(command, new CompletableFuture<>());
        if (isClosed
                || !inbox.offer(submission, INBOX_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InboxFull();
        }
        try {
            return submission.answer().get(ANSWER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new Unrecorded(failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException _) {
            throw new InboxFull();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        // Woken, never interrupted: an interrupt would tear a file that is being written. A full
        // inbox needs no waking.
        if (!inbox.offer(new Submission(new Command.Tick(), new CompletableFuture<>()))) {
            LOG.debug("The agent's loop ends after its last batch.");
        }
        try {
            thread.join(ANSWER_WAIT_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosed) {
                var first = inbox.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
                var batch = new ArrayList<Submission>();
                if (first != null) batch.add(first);
                inbox.drainTo(batch, BATCH_MAX - 1);
                batch.add(new Submission(new Command.Tick(), new CompletableFuture<>()));
                commit(batch);
            }
        } catch (InterruptedException _) {
            LOG.debug("The agent's loop ends.");
        }
        var left = new ArrayList<Submission>();
        inbox.drainTo(left);
        for (var submission : left) submission.answer().completeExceptionally(new InboxFull());
    }

    private Duration pause() {
        var deadline = current.deadline();
        var now = clock.instant();
        if (!deadline.isAfter(now)) return Duration.ZERO;
        if (deadline.isAfter(now.plus(IDLE_MAX))) return IDLE_MAX;
        return Duration.between(now, deadline).plusMillis(1);
    }

    private void commit(List<Submission> batch) {
        var before = current;
        var next = before;
        var events = new ArrayList<Event>();
        var decisions = new ArrayList<Decision>();
        for (var submission : batch) {
            var decision = next.decide(submission.command(), moment());
            if (decision instanceof Decision.Accepted(var accepted)) {
                events.addAll(accepted);
                for (var event : accepted) next = next.after(event);
            }
            decisions.add(decision);
        }
        if (events.stream().anyMatch(Event::isRecorded) && !isRecorded(before, events, batch))
            return;
        current = next;
        for (int i = 0; i < batch.size(); i++) batch.get(i).answer().complete(decisions.get(i));
        carryOut(before, events, next);
    }

    /// What went wrong here is looked at again by the next reconciliation; the loop goes on.
    private void carryOut(Machine before, List<Event> events, Machine after) {
        try {
            effects.run(Effects.of(before, events), after);
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).log("An effect could not be carried out.");
        }
    }

    /// A failure leaves the agent's mind as it was; files that were written already are written
    /// over by the next attempt.
    private boolean isRecorded(Machine before, List<Event> events, List<Submission> batch) {
        try {
            recorder.record(before, events);
            return true;
        } catch (RuntimeException failure) {
            LOG.atError()
                    .addKeyValue("events", events.size())
                    .setCause(failure)
                    .log("Nothing can be recorded, so nothing happens.");
            for (var submission : batch) submission.answer().completeExceptionally(failure);
            pauseAfterFailure();
            return false;
        }
    }

    private void pauseAfterFailure() {
        try {
            Thread.sleep(IDLE_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Time that never goes back, though the machine's clock may.
    private Moment moment() {
        var now = clock.instant();
        if (now.isAfter(latest)) latest = now;
        return new Moment(latest, seeds.nextLong());
    }
}
