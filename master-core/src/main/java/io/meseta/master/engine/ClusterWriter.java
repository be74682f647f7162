package io.meseta.master.engine;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The one thread that may change the [Cluster], for one reign.
///
/// A batch is made **durable**, then **visible**, then **answered**, then **acted upon**, so nobody
/// ever sees or hears of a change that a crash could undo. If the journal refuses a batch the reign
/// is over: everyone who waits is told so, and nothing of the batch is shown.
public final class ClusterWriter {

    /// How many commands share one append.
    static final int BATCH_MAX = 512;

    /// How many commands may wait in each lane.
    static final int LANE_MAX = 8 * BATCH_MAX;

    /// How long a caller waits for its answer. An append that takes longer has lost its lease
    /// anyway.
    static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(30);

    private static final long IDLE_WAIT_MILLIS = 1_000;

    private static final String NOT_LEADING = "this master does not lead any more";

    private final Inbox<Submission> inbox = new Inbox<>(LANE_MAX);
    private final Committer committer;
    private final Moments moments;
    private final BooleanSupplier mayWrite;
    private final EffectRunner effects;
    private final Consumer<Throwable> ended;
    private final CommitWatch watch;
    private final Thread thread;
    private volatile View view;

    private record Submission(Command command, CompletableFuture<Answer> answer) {}

    /// A durable state with the sequence number of its newest entry.
    public record View(Cluster cluster, long sequence) {}

    /// @param mayWrite whether the lease still holds; asked before each batch
    /// @param ended told once, on the writer's thread, why the reign is over
    public ClusterWriter(
            Committer committer,
            Moments moments,
            BooleanSupplier mayWrite,
            EffectRunner effects,
            Consumer<Throwable> ended) {
        this(committer, moments, mayWrite, effects, ended, _ -> {});
    }

    /// @param watch sees each line of a commit go by; for tests that stop a leader between two
    public ClusterWriter(
            Committer committer,
            Moments moments,
            BooleanSupplier mayWrite,
            EffectRunner effects,
            Consumer<Throwable> ended,
            CommitWatch watch) {
        this.committer = committer;
        this.moments = moments;
        this.mayWrite = mayWrite;
        this.effects = effects;
        this.ended = ended;
        this.watch = watch;
        this.view = new View(committer.current(), committer.sequence());
        this.thread = Thread.ofPlatform().name("cluster-writer").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// The latest durable state. Never waits.
    public View view() {
        return view;
    }

    /// How many commands wait.
    public int waiting() {
        return inbox.size();
    }

    /// Puts a command to the cluster and waits for its answer; callers are virtual threads.
    ///
    /// @throws Unanswered if there is none: the inbox is full, the reign is over, or it takes too
    ///   long
    /// @throws CommandBroken if the rules could not cope with it
    public Decision submit(Lane lane, Command command) throws InterruptedException {
        var submission = new Submission(command, new CompletableFuture<>());
        if (!inbox.offer(lane, submission))
            throw new Unanswered(inbox.isClosed() ? NOT_LEADING : "too many commands are waiting");
        try {
            return submission
                    .answer()
                    .get(ANSWER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .decision();
        } catch (ExecutionException failed) {
            throw new Unanswered(NOT_LEADING, failed);
        } catch (TimeoutException late) {
            throw new Unanswered("the command was not answered in time; it may be later", late);
        }
    }

    /// Puts a command to the cluster whose answer nobody waits for. False if the inbox is full or
    /// the reign is over.
    public boolean post(Lane lane, Command command) {
        return inbox.offer(lane, new Submission(command, new CompletableFuture<>()));
    }

    /// Ends the reign and waits for the writer to finish the batch it is at.
    public void end() throws InterruptedException {
        fail(inbox.close(), new IllegalStateException("the writer was closed"));
        if (thread.isAlive() && Thread.currentThread() != thread) thread.join(ANSWER_WAIT_MAX);
    }

    private void run() {
        try {
            while (step()) {
                // Until the reign is over.
            }
            ended.accept(
                    new IllegalStateException(
                            inbox.isClosed() ? "the writer was closed" : "the lease has ended"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            ended.accept(interrupted);
        } catch (RuntimeException | Error fault) {
            ended.accept(fault);
        } finally {
            fail(inbox.close(), new IllegalStateException("the reign is over"));
        }
    }

    /// One batch. False once this master may not write any more.
    private boolean step() throws InterruptedException {
        var batch = inbox.take(BATCH_MAX, IDLE_WAIT_MILLIS);
        // Nothing is left in it once it is closed, and what is being asked then is no lease.
        if (batch.isEmpty() && inbox.isClosed()) return false;
        if (!mayWrite.getAsBoolean()) {
            fail(batch, new IllegalStateException("the lease has ended"));
            return false;
        }
        if (!batch.isEmpty()) commit(batch);
        return true;
    }

    private void commit(List<Submission> batch) {
        Committed committed;
        try {
            watch.reached(CommitLine.TAKEN);
            var commands = batch.stream().map(Submission::command).toList();
            committed = committer.commit(commands, moments.next());
            watch.reached(CommitLine.DURABLE);
        } catch (RuntimeException | Error fault) {
            fail(batch, fault);
            throw fault;
        }
        view = new View(committed.after(), committed.sequence());
        watch.reached(CommitLine.VISIBLE);
        for (int i = 0; i < batch.size(); i++)
            batch.get(i).answer().complete(committed.answers().get(i));
        watch.reached(CommitLine.ANSWERED);
        effects.run(committed);
    }

    private static void fail(List<Submission> batch, Throwable why) {
        for (var submission : batch) submission.answer().completeExceptionally(why);
    }
}
