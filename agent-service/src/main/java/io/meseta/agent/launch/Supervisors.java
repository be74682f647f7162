package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;
import io.meseta.runtime.host.Program;
import io.meseta.runtime.state.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Starts commands under supervisors, finds them again, and waits for their ends.
///
/// A supervisor is a small shell process in a session of its own. Neither the agent's end, nor its
/// signals, nor its closed pipes reach it.
public final class Supervisors implements Runs {

    private static final String SCRIPT = "supervisor.sh";
    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    /// A command is up within a few of these, unless the machine is busy: then each look takes from
    /// what is looked for, and after some looks the pauses grow.
    private static final Duration POLL_OF_START = Duration.ofNanos(500_000);

    private static final int LOOKS_AT_START = 10;

    private static final Duration POLL_OF_START_MAX = Duration.ofMillis(20);
    private static final Duration WATCH = Duration.ofMillis(150);
    private static final Duration CLAIM_MAX = Duration.ofSeconds(5);

    /// What a supervisor itself sees of the agent's environment.
    private static final List<String> INHERITED = List.of("PATH");

    /// A child's end is noticed at once; the rest is only caution.
    private static final Duration WATCH_OF_CHILD = Duration.ofSeconds(2);

    /// Those started by this very process.
    private final Map<UUID, Process> children = new ConcurrentHashMap<>();

    private final Path runs;
    private final Path script;
    private final ProcessTable table;
    private final Path setsid;

    /// Prepares a place for runs.
    ///
    /// @param runs where the runs' directories are; made if need be, for the agent's user only
    public Supervisors(Path runs, ProcessTable table) {
        this.runs = runs;
        this.table = table;
        this.setsid =
                Program.located("setsid")
                        .orElseThrow(() -> new LaunchFailure("setsid(1) is not on this machine"));
        try {
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(runs, ownerOnly);
            this.script = installScript(runs);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't prepare " + runs + " for tasks", failure);
        }
    }

    /// Starts the command and returns once its process has been seen.
    public RunState start(UUID container, LaunchPlan plan) throws InterruptedException {
        var run = directory(container);
        Process process;
        try {
            Files.createDirectories(run.path());
            var launch = LaunchFile.text(plan);
            Files.writeString(run.launchFile(), launch, StandardCharsets.UTF_8);
            process = startSupervisor(run, plan.sandbox());
            children.put(container, process);
        } catch (IOException failure) {
            throw new LaunchFailure("can't start a supervisor: " + failure.getMessage(), failure);
        }
        long deadline = System.nanoTime() + START_MAX.toNanos();
        var pause = POLL_OF_START;
        int looks = 0;
        while (process.isAlive() && run.command().isEmpty()) {
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                new ProcessTree(table, run).destroy();
                throw new LaunchFailure("the supervisor did not start within " + START_MAX);
            }
            Thread.sleep(pause);
            if (++looks > LOOKS_AT_START) pause = pause.plus(pause);
            if (pause.compareTo(POLL_OF_START_MAX) > 0) pause = POLL_OF_START_MAX;
        }
        return state(container);
    }

    /// How the run stands now. Waits a little for a supervisor that has claimed it and not yet said
    /// who it is.
    @Override
    public RunState state(UUID container) throws InterruptedException {
        var run = directory(container);
        if (!run.isClaimed()) return new RunState.Unclaimed();
        var calledOff = run.calledOff();
        if (calledOff.isPresent()) return new RunState.Lost(calledOff.get());
        long deadline = System.nanoTime() + CLAIM_MAX.toNanos();
        while (run.supervisor().isEmpty() && System.nanoTime() < deadline) Thread.sleep(POLL);
        var supervisor = run.supervisor();
        boolean isAlive = supervisor.isPresent() && table.isAlive(supervisor.get());
        // Read after the look at the process: a status is there before its writer is gone.
        var status = run.status();
        if (status.isPresent())
            return run.limit()
                    .<RunState>map(RunState.Limited::new)
                    .orElseGet(() -> new RunState.Ended(status.getAsInt()));
        if (isAlive) return new RunState.Alive(supervisor.get());
        if (supervisor.isEmpty()) return new RunState.Lost("its supervisor never came up");
        return new RunState.Lost(
                supervisor.get().bootId().equals(table.bootId())
                        ? "its supervisor was killed"
                        : "the machine was restarted while it ran");
    }

    /// Waits until the run has ended, one way or the other, and nothing of it is left.
    @Override
    public RunState await(UUID container) throws InterruptedException {
        while (true) {
            var state = state(container);
            if (!(state instanceof RunState.Alive)) {
                if (state instanceof RunState.Lost) destroy(container);
                return state;
            }
            var child = children.get(container);
            if (child == null) {
                Thread.sleep(WATCH);
            } else if (child.waitFor(WATCH_OF_CHILD.toMillis(), TimeUnit.MILLISECONDS)) {
                children.remove(container);
            }
        }
    }

    /// Makes sure that no supervisor will ever start this run; false when one has.
    @Override
    public boolean callOff(UUID container, String why) {
        var run = directory(container);
        try {
            Files.createDirectories(run.path());
        } catch (IOException failure) {
            throw new UncheckedIOException("can't make " + run.path(), failure);
        }
        return run.claim(why);
    }

    /// Asks everything of the run to end.
    @Override
    public void terminate(UUID container) {
        new ProcessTree(table, directory(container)).terminate();
    }

    /// Ends everything of the run but its supervisor, which then writes the status. Whether nothing
    /// is left.
    @Override
    public boolean destroy(UUID container) throws InterruptedException {
        return new ProcessTree(table, directory(container)).destroy();
    }

    @Override
    public void limit(UUID container, Exit.Limited how) throws InterruptedException {
        directory(container).limit(how);
        destroy(container);
    }

    /// Ends a supervisor that has nothing left to wait for and yet does not end.
    @Override
    public void dismiss(UUID container, Duration patience) throws InterruptedException {
        var supervisor = directory(container).supervisor();
        if (supervisor.isEmpty()) return;
        long deadline = System.nanoTime() + patience.toNanos();
        while (table.isAlive(supervisor.get())) {
            if (System.nanoTime() > deadline) {
                ProcessHandle.of(supervisor.get().pid()).ifPresent(ProcessHandle::destroyForcibly);
                return;
            }
            Thread.sleep(WATCH);
        }
    }

    /// The pid of the command's first process, or 0 when it has none.
    @Override
    public long commandPid(UUID container) {
        return directory(container).command().map(ProcessIdentity::pid).orElse(0L);
    }

    private RunDirectory directory(UUID container) {
        return new RunDirectory(runs.resolve(container.toString()), container);
    }

    private Process startSupervisor(RunDirectory run, Path sandbox) throws IOException {
        var builder =
                new ProcessBuilder(
                        setsid.toString(),
                        "/bin/sh",
                        script.toString(),
                        run.path().toString(),
                        run.cookie(),
                        setsid.toString());
        var environment = builder.environment();
        var inherited = Map.copyOf(environment);
        environment.clear();
        for (var name : INHERITED) {
            var value = inherited.get(name);
            if (value != null) environment.put(name, value);
        }
        try (var out = Outputs.hold(sandbox, "stdout");
                var error = Outputs.hold(sandbox, "stderr")) {
            return builder.directory(run.path().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.path().toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(error.path().toFile()))
                    .start();
        }
    }

    /// A running shell reads its script as it goes, so a script is never written over: it is
    /// renamed into place.
    private static Path installScript(Path runs) throws IOException {
        var script = runs.resolve(SCRIPT);
        var fresh = Files.createTempFile(runs, "supervisor", ".new");
        try (var in = Supervisors.class.getResourceAsStream(SCRIPT)) {
            if (in == null) throw new IOException("the supervisor script is missing from the jar");
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
        return script;
    }

    /// Whether the run has ended and its supervisor has seen to it that nothing is left.
    @Override
    public boolean isOver(UUID container) {
        return directory(container).status().isPresent();
    }

    /// Forgets a run that has ended.
    @Override
    public void forget(UUID container) {
        children.remove(container);
        var path = directory(container).path();
        try {
            DirectoryTree.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't delete " + path, failure);
        }
    }

    @Override
    public Optional<Usage> usage(UUID container) {
        return Optional.of(new ProcessTree(table, directory(container)).usage());
    }

    /// The runs of which there is a directory.
    @Override
    public List<UUID> known() {
        try (var paths = Files.list(runs)) {
            return paths.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.length() == 36)
                    .map(UUID::fromString)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("can't list " + runs, failure);
        }
    }
}
