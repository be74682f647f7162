package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;
import io.meseta.runtime.host.FileNews;
import io.meseta.runtime.host.ResidentShells;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Starts commands under supervisors, finds them again, and waits for their ends.
///
/// A supervisor is a small shell process in a session of its own. Neither the agent's end, nor its
/// signals, nor its closed pipes reach it.
public final class Supervisors implements Runs, AutoCloseable {

    private static final String SCRIPT = "supervisor.sh";

    /// Each line is the directory of a run, called like it. By `setsid --fork` and not by `&`,
    /// which would have every command ignore INT and QUIT.
    private static final String LOOP =
            """
            while read -r run; do
                id=${run##*/}
                "$1" --fork /bin/sh "$2" "$run" "MESETA_CONTAINER=$id" "$1" "$3/$id" \\
                    </dev/null >/dev/null 2>&1
            done
            """;

    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    private static final Duration WATCH = Duration.ofMillis(150);
    private static final Duration CLAIM_MAX = Duration.ofSeconds(5);

    /// What a supervisor itself sees of the agent's environment.
    private static final List<String> INHERITED = List.of("PATH");

    /// A supervisor tells of its command's start and end; one that was killed does not.
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private static final Duration GLANCE_AT_START = Duration.ofMillis(100);

    private final Path runs;
    private final Path script;
    private final ProcessTable table;
    private final Path news;
    private final FileNews heard;
    private final ResidentShells shells;

    /// Prepares a place for runs.
    ///
    /// @param runs where the runs' directories are; made if need be, for the agent's user only
    public Supervisors(Path runs, ProcessTable table) {
        this.runs = runs;
        this.table = table;
        this.news = runs.resolve("news");
        try {
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(runs, ownerOnly);
            Files.createDirectories(news, ownerOnly);
            this.script = installScript(runs);
            forgetOldNews();
        } catch (IOException failure) {
            throw new UncheckedIOException("can't prepare " + runs + " for tasks", failure);
        }
        this.heard = FileNews.in(news);
        this.shells =
                new ResidentShells(
                        "supervisors",
                        LOOP,
                        List.of(
                                ResidentShells.setsid().toString(),
                                script.toString(),
                                news.toString()),
                        inherited());
    }

    private static Map<String, String> inherited() {
        var environment = new HashMap<String, String>();
        for (var name : INHERITED) {
            var value = System.getenv(name);
            if (value != null) environment.put(name, value);
        }
        return environment;
    }

    /// Of runs that are gone.
    private void forgetOldNews() throws IOException {
        try (var files = Files.newDirectoryStream(news)) {
            for (var file : files)
                if (!Files.isDirectory(runs.resolve(file.getFileName())))
                    Files.deleteIfExists(file);
        }
    }

    /// Starts the command and returns once its process has been seen.
    public RunState start(UUID container, LaunchPlan plan) throws InterruptedException {
        var run = directory(container);
        try (var out = Outputs.hold(plan.sandbox(), "stdout");
                var error = Outputs.hold(plan.sandbox(), "stderr")) {
            Files.createDirectories(run.path());
            run.put("launch", LaunchFile.text(plan));
            run.put("outputs", out.path() + "\n" + error.path() + "\n");
            // Told twice, only one supervisor claims the run.
            try (var _ = shells.tell(run.path().toAbsolutePath().toString())) {
                awaitCommand(container, run);
            }
            return state(container);
        } catch (IOException | RuntimeFault failure) {
            throw new LaunchFailure("can't start a supervisor: " + failure.getMessage(), failure);
        }
    }

    private void awaitCommand(UUID container, RunDirectory run) throws InterruptedException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            var word = heard.expect(container.toString());
            if (hasBegun(run)) return;
            if (System.nanoTime() > deadline) {
                // It must not come up later.
                if (!run.claim("its supervisor did not come up"))
                    new ProcessTree(table, run).destroy();
                throw new LaunchFailure("the supervisor did not start within " + START_MAX);
            }
            heard.await(word, GLANCE_AT_START);
        }
    }

    /// Whether the command is up, or never will be.
    private boolean hasBegun(RunDirectory run) {
        if (run.command().isPresent() || run.status().isPresent()) return true;
        var supervisor = run.supervisor();
        return run.calledOff().isPresent()
                || (supervisor.isPresent() && !table.isAlive(supervisor.get()));
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
            var word = heard.expect(container.toString());
            var state = state(container);
            if (!(state instanceof RunState.Alive)) {
                heard.forget(container.toString());
                if (state instanceof RunState.Lost) destroy(container);
                return state;
            }
            heard.await(word, GLANCE);
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
        heard.forget(container.toString());
        var path = directory(container).path();
        try {
            DirectoryTree.delete(path);
            Files.deleteIfExists(news.resolve(container.toString()));
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

    /// Watches no longer, and starts nothing more. What runs goes on running.
    @Override
    public void close() {
        shells.close();
        heard.close();
    }
}
