package io.meseta.agent.steps;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.step.Observed;
import io.meseta.agent.core.step.Step;
import io.meseta.agent.core.step.Steps;
import io.meseta.agent.core.step.Subject;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.engine.CommandDoor;
import io.meseta.agent.engine.InboxFull;
import io.meseta.agent.engine.Unrecorded;
import io.meseta.agent.launch.RunState;
import io.meseta.agent.launch.Runs;
import io.meseta.model.AgentId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the steps that lead from what runs to what should run, each on a virtual thread of its
/// own.
///
/// What it has seen is kept in memory only: after a restart it looks again.
public final class TaskRunner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
    private static final int PREPARED_AT_ONCE_MAX = 8;

    /// More at once only wait for each other's processors.
    private static final int STARTED_AT_ONCE_MAX =
            Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private static final Duration RETRY = Duration.ofSeconds(1);

    /// How long a supervisor may take to write the status once nothing of its command is left.
    private static final Duration SUPERVISOR_PATIENCE = Duration.ofSeconds(10);

    private final TaskWork work;
    private final Runs processes;
    private final CommandDoor door;
    private final Semaphore preparing = new Semaphore(PREPARED_AT_ONCE_MAX, true);
    private final Semaphore starting = new Semaphore(STARTED_AT_ONCE_MAX, true);
    private final Map<Subject, Run> runs = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    public TaskRunner(TaskWork work, Runs processes, CommandDoor door) {
        this.work = work;
        this.processes = processes;
        this.door = door;
    }

    /// Compares what should run with what runs, and begins what is missing. Never waits; called by
    /// one thread at a time.
    public void reconcile(Machine machine) {
        if (isClosed) return;
        var observed = HashMap.<Subject, Observed>newHashMap(runs.size());
        runs.forEach((subject, run) -> observed.put(subject, run.observed()));
        for (var step : Steps.between(machine.desired(), observed)) take(step, machine);
    }

    /// Takes up a run that another agent process has left.
    public void adopt(AgentTask task) {
        adopt(new Piece.TaskPiece(task));
    }

    /// Takes up an executor's run that another agent process has left.
    public void adopt(AgentExecutor executor) {
        adopt(new Piece.ExecutorPiece(executor));
    }

    private void adopt(Piece piece) {
        var run = new Run(piece.container(), Observed.STARTING);
        runs.put(piece.subject(), run);
        run.begin(() -> follow(piece, run));
    }

    /// Nothing of the task is asked for any more.
    public void forget(AgentTask task) {
        if (!task.spec().isHosted()) forget(new Piece.TaskPiece(task));
    }

    /// Nothing of the executor is asked for any more.
    public void forget(AgentExecutor executor) {
        if (!executor.isBuiltIn()) forget(new Piece.ExecutorPiece(executor));
    }

    private void forget(Piece piece) {
        // Another run of the same name may have begun.
        var run = runs.get(piece.subject());
        if (run != null && run.container().equals(piece.container())) {
            runs.remove(piece.subject());
            if (run.observed() == Observed.PREPARING) run.interrupt();
        }
        var container = piece.container();
        Thread.ofVirtual().name("forget-" + container).start(() -> forgetRun(container));
    }

    /// Stops watching. What runs goes on running.
    @Override
    public void close() {
        isClosed = true;
        for (var run : runs.values()) run.interrupt();
    }

    private void take(Step step, Machine machine) {
        var key = step.key();
        var task = Piece.of(key, machine);
        switch (step) {
            case Step.Prepare _ ->
                    task.ifPresent(held -> begin(held, Observed.PREPARING, machine, this::prepare));
            case Step.Start _ ->
                    task.ifPresent(held -> begin(held, Observed.STARTING, machine, this::start));
            case Step.StopPreparing _ -> {
                var run = runs.get(key);
                if (run != null) run.interrupt();
            }
            case Step.Terminate _ -> {
                var run = runs.get(key);
                if (run == null) return;
                run.see(Observed.ENDING);
                aside("terminate-" + run.container(), () -> processes.terminate(run.container()));
            }
            case Step.Destroy _ -> {
                var run = runs.get(key);
                if (run == null || !run.beginDestruction()) return;
                aside("destroy-" + run.container(), () -> destroy(run));
            }
            case Step.ReportAbsent _ ->
                    task.ifPresent(held -> begin(held, Observed.GONE, machine, this::reportAbsent));
        }
    }

    private interface Work {
        void perform(Piece piece, AgentId agent, Run run) throws InterruptedException;
    }

    private void begin(Piece piece, Observed observed, Machine machine, Work how) {
        var agent = machine.agent();
        // Without an id there is no place for a sandbox; what was held under the old one ends.
        if (agent.isEmpty() && observed != Observed.GONE) return;
        var run = new Run(piece.container(), observed);
        runs.put(piece.subject(), run);
        var id = agent.orElse(new AgentId("none"));
        run.begin(() -> how.perform(piece, id, run));
    }

    private void prepare(Piece piece, AgentId agent, Run run) throws InterruptedException {
        preparing.acquire();
        try {
            work.prepare(piece, agent, new LaunchProgress(piece, door));
        } catch (InterruptedException stopped) {
            run.see(Observed.GONE);
            throw stopped;
        } catch (RuntimeException | Error failure) {
            fail(piece, run, failure);
            return;
        } finally {
            preparing.release();
        }
        run.see(Observed.READY);
        tell(piece.prepared());
    }

    private void start(Piece piece, AgentId agent, Run run) throws InterruptedException {
        starting.acquire();
        try {
            work.start(piece, agent);
        } catch (RuntimeException | Error failure) {
            fail(piece, run, failure);
            return;
        } finally {
            starting.release();
        }
        follow(piece, run);
    }

    /// From wherever the run stands to its end.
    private void follow(Piece piece, Run run) throws InterruptedException {
        var state = processes.state(piece.container());
        if (state instanceof RunState.Unclaimed) {
            run.see(piece.stage() == Stage.ORDERED ? Observed.NOTHING : Observed.READY);
            tell(new Command.Tick());
            return;
        }
        if (state instanceof RunState.Alive) {
            run.see(Observed.ALIVE);
            tell(piece.started());
        }
        var end = processes.await(piece.container());
        run.see(Observed.GONE);
        tell(piece.exited(exit(end)));
    }

    private static Exit exit(RunState end) {
        return switch (end) {
            case RunState.Ended(var status) -> new Exit.Status(status);
            case RunState.Limited(var how) -> how;
            case RunState.Lost(var why) -> new Exit.Unknown(why);
            case RunState.Unclaimed() -> new Exit.NeverStarted();
            case RunState.Alive _ -> new Exit.Unknown("it was given up while it ran");
        };
    }

    private void reportAbsent(Piece piece, AgentId agent, Run run) throws InterruptedException {
        // A supervisor that was asked for and never seen must not come up later.
        if (!processes.callOff(piece.container(), "nothing was left of its run")) {
            follow(piece, run);
            return;
        }
        var exit =
                piece.stage() == Stage.RUNNING
                        ? new Exit.Unknown("nothing is left of its run")
                        : new Exit.NeverStarted();
        tell(piece.exited(exit));
    }

    private void destroy(Run run) throws InterruptedException {
        try {
            if (processes.destroy(run.container())) {
                processes.dismiss(run.container(), SUPERVISOR_PATIENCE);
            }
        } finally {
            run.endDestruction();
        }
    }

    private void fail(Piece piece, Run run, Throwable failure) throws InterruptedException {
        LOG.atWarn()
                .addKeyValue("subject", piece.subject())
                .setCause(failure)
                .log("It can't be launched.");
        run.see(Observed.GONE);
        var message = "Failed to launch container: " + failure.getMessage();
        var cause = Cause.ofAgent(Reason.CONTAINER_LAUNCH_FAILED, message);
        tell(piece.failed(cause));
    }

    /// Until it is heard: what happened to a task must not be lost in a busy moment.
    private void tell(Command command) throws InterruptedException {
        while (!isClosed) {
            try {
                door.submit(command);
                return;
            } catch (InboxFull | Unrecorded failure) {
                LOG.atWarn().addKeyValue("cause", failure.getMessage()).log("Told again later.");
                Thread.sleep(RETRY);
            }
        }
    }

    private void forgetRun(UUID container) {
        try {
            // A look at every process of the machine is not for each of many short tasks.
            if (!processes.isOver(container)) processes.destroy(container);
            processes.forget(container);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("container", container)
                    .setCause(failure)
                    .log("What was kept of a run can't be deleted; the next start tries again.");
        }
    }

    private interface Errand {
        void run() throws InterruptedException;
    }

    private static void aside(String name, Errand errand) {
        Thread.ofVirtual().name(name).start(() -> perform(errand));
    }

    private static void perform(Errand errand) {
        try {
            errand.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).log("A step failed; it is looked at again.");
        }
    }

    /// One run as it is seen, and the thread that is at work on it.
    private static final class Run {
        private final UUID container;
        private volatile Observed observed;
        private volatile boolean isBeingDestroyed;
        private volatile @Nullable Thread thread;

        Run(UUID container, Observed observed) {
            this.container = container;
            this.observed = observed;
        }

        UUID container() {
            return container;
        }

        Observed observed() {
            return observed;
        }

        void see(Observed next) {
            observed = next;
        }

        void begin(Errand errand) {
            var unstarted =
                    Thread.ofVirtual().name("run-" + container).unstarted(() -> perform(errand));
            thread = unstarted;
            unstarted.start();
        }

        void interrupt() {
            var current = thread;
            if (current != null) current.interrupt();
        }

        boolean beginDestruction() {
            if (isBeingDestroyed) return false;
            isBeingDestroyed = true;
            return true;
        }

        void endDestruction() {
            isBeingDestroyed = false;
        }
    }
}
