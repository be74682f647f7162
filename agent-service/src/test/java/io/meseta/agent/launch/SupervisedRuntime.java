package io.meseta.agent.launch;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.Execution;
import io.meseta.runtime.host.Commands;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.ContainerState;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import io.meseta.runtime.state.Usage;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// Supervised processes as a container runtime, for the contract: names are ours to keep, since a
/// run is known by its UUID.
final class SupervisedRuntime implements ContainerRuntime {

    private static final Duration STEP = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supervisors supervisors;
    private final Path names;

    SupervisedRuntime(Path home) {
        this.supervisors = new Supervisors(home.resolve("runs"), new ProcessTable());
        this.names = home.resolve("containers");
        try {
            Files.createDirectories(names);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public String name() {
        return "supervised processes";
    }

    private static UUID run(ContainerId id) {
        return UUID.nameUUIDFromBytes(id.value().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public ContainerState launch(ContainerId id, ContainerPlan plan) {
        var name = names.resolve(id.value());
        if (Files.exists(name)) throw new RuntimeFault(Kind.EXISTS, "there is already a " + id);
        var process = plan.process();
        var environment = new LinkedHashMap<>(process.environment());
        environment.put("MESETA_CONTAINER", run(id).toString());
        var sandbox =
                Objects.requireNonNull(Objects.requireNonNull(plan.output().output()).getParent());
        var order = new LaunchPlan(process.arguments(), environment, sandbox, List.of());
        try {
            Files.createFile(name);
            makeOutputs(sandbox);
            supervisors.start(run(id), order);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            destroy(id);
            Thread.currentThread().interrupt();
            throw new RuntimeFault(Kind.FAILED, "it was interrupted");
        }
        return find(id).orElseThrow();
    }

    @Override
    public Optional<ContainerState> find(ContainerId id) {
        if (!Files.exists(names.resolve(id.value()))) return Optional.empty();
        try {
            return Optional.of(
                    switch (supervisors.state(run(id))) {
                        case RunState.Unclaimed() -> new ContainerState.Unfinished();
                        case RunState.Alive _ ->
                                new ContainerState.Running(
                                        supervisors.commandPid(run(id)), launched(id));
                        case RunState.Ended(var status) ->
                                new ContainerState.Ended(ContainerEnd.ofShellCode(status, false));
                        case RunState.Limited _, RunState.Lost _ ->
                                new ContainerState.Ended(new ContainerEnd.Unseen(false));
                    });
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new RuntimeFault(Kind.FAILED, "it was interrupted");
        }
    }

    private Instant launched(ContainerId id) {
        try {
            return Files.getLastModifiedTime(names.resolve(id.value())).toInstant();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As whoever fills a sandbox makes them.
    private static void makeOutputs(Path sandbox) throws IOException {
        for (var name : List.of("stdout", "stderr")) {
            var file = sandbox.resolve(name);
            if (!Files.exists(file)) Files.createFile(file);
        }
    }

    @Override
    public Set<ContainerId> containers() {
        var all = new TreeSet<ContainerId>();
        try (var found = Files.list(names)) {
            found.forEach(each -> all.add(new ContainerId(each.getFileName().toString())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return all;
    }

    @Override
    public void signal(ContainerId id, int signal) {
        var pid = Long.toString(supervisors.commandPid(run(id)));
        try {
            Commands.run(PATIENCE, List.of("kill", "-" + signal, pid));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void resize(ContainerId id, ContainerProcess.Terminal size) {
        // There is none.
    }

    @Override
    public Optional<ContainerEnd> await(ContainerId id, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            var state =
                    find(id).orElseThrow(
                                    () -> new RuntimeFault(Kind.NOT_FOUND, "there is no " + id));
            if (state instanceof ContainerState.Ended(var end)) return Optional.of(end);
            LockSupport.parkNanos(STEP.toNanos());
            if (Thread.interrupted()) throw new InterruptedException();
        } while (System.nanoTime() < deadline);
        return Optional.empty();
    }

    @Override
    public Usage usage(ContainerId id) {
        return supervisors.usage(run(id)).orElse(Usage.NONE);
    }

    @Override
    public Execution exec(ContainerId id, ExecPlan plan) {
        throw new RuntimeFault(Kind.UNSUPPORTED, "no further processes");
    }

    /// As the agent ends a run: called off if it has not begun, else killed and waited for.
    @Override
    public void destroy(ContainerId id) {
        var wasInterrupted = Thread.interrupted();
        try {
            if (!Files.exists(names.resolve(id.value()))) return;
            if (!supervisors.callOff(run(id), "it is destroyed")) {
                supervisors.destroy(run(id));
                supervisors.dismiss(run(id), PATIENCE);
            }
            // One that was called off in time ends as soon as it looks.
            Await.within(PATIENCE).until("it has seen that", () -> isGone(run(id)));
            // It may just be writing that down.
            Await.shortly()
                    .until(
                            "it is forgotten",
                            () -> {
                                supervisors.forget(run(id));
                                return true;
                            });
            Files.delete(names.resolve(id.value()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (wasInterrupted) Thread.currentThread().interrupt();
        }
    }

    private static boolean isGone(UUID run) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .noneMatch(line -> line.contains(run.toString()));
    }

    @Override
    public void close() {
        supervisors.close();
    }
}
