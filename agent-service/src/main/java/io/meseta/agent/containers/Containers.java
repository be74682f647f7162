package io.meseta.agent.containers;

import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.agent.launch.ProcessIdentity;
import io.meseta.agent.launch.ProcessTable;
import io.meseta.agent.launch.RunState;
import io.meseta.agent.launch.Runs;
import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.ContainerState;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Containers as the agent's runs. A container is destroyed as soon as its end is written down, so
/// that nothing of it is held until its framework has heard.
public final class Containers implements Runs {

    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);
    private static final int KILL = 9;
    private static final int SIGNALLED = 128;
    private static final long MEGABYTE = 1 << 20;
    private static final Duration WATCH = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(50);

    private final ContainerRuntime runtime;
    private final ProcessTable table;
    private final Path folders;
    private final ContainerWork work;

    /// One per container: the runtime wants the calls about one container in order, and they come
    /// from those who start, watch and end it.
    private final Map<UUID, ReentrantLock> locks = new ConcurrentHashMap<>();

    /// @param folders where the agent keeps what it must know of containers after a restart
    /// @param work which has made ready what is let go of with a container
    public Containers(
            ContainerRuntime runtime, ProcessTable table, Path folders, ContainerWork work) {
        this.runtime = runtime;
        this.table = table;
        this.folders = folders;
        this.work = work;
        try {
            Files.createDirectories(folders);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't make " + folders, failure);
        }
    }

    /// Whether there is a trace of a container of that name.
    public boolean isKnown(UUID container) {
        return folder(container).isThere();
    }

    /// Starts a container and returns once its program runs.
    ///
    /// @param stopSignal its number, sent when the container is asked to end
    public RunState start(UUID container, ContainerPlan plan, int stopSignal)
            throws InterruptedException {
        var folder = folder(container);
        var calledOff = folder.calledOff();
        if (calledOff.isPresent()) throw new LaunchFailure(calledOff.get());
        folder.make(new ContainerFolder.Terms(stopSignal, plan.limits().memory().hard()));
        try {
            locked(container, () -> runtime.launch(id(container), plan));
        } catch (RuntimeFault | IllegalArgumentException fault) {
            throw new LaunchFailure(String.valueOf(fault.getMessage()), fault);
        }
        return state(container);
    }

    @Override
    public RunState state(UUID container) throws InterruptedException {
        var folder = folder(container);
        var end = folder.end();
        if (end.isPresent()) return end.get();
        var calledOff = folder.calledOff();
        if (calledOff.isPresent()) return new RunState.Lost(calledOff.get());
        var found =
                patiently(container, () -> locked(container, () -> runtime.find(id(container))));
        if (found.isEmpty()) return new RunState.Unclaimed();
        return switch (found.get()) {
            case ContainerState.Unfinished() -> {
                patiently(container, () -> isDestroyed(container));
                yield new RunState.Unclaimed();
            }
            case ContainerState.Running(var pid, _) -> new RunState.Alive(identity(pid));
            case ContainerState.Ended(var how) -> settle(container, how);
        };
    }

    /// A fault of the machine is no news of the container: it is asked again until it answers.
    @Override
    public RunState await(UUID container) throws InterruptedException {
        while (true) {
            var state = state(container);
            if (!(state instanceof RunState.Alive)) return state;
            try {
                var end = runtime.await(id(container), WATCH);
                if (end.isPresent()) return settle(container, end.get());
            } catch (RuntimeFault fault) {
                LOG.atWarn()
                        .addKeyValue("container", container)
                        .setCause(fault)
                        .log("A container can't be watched; it is tried again.");
                Thread.sleep(RETRY);
            }
        }
    }

    private RunState settle(UUID container, ContainerEnd end) {
        var folder = folder(container);
        var known = folder.end();
        if (known.isPresent()) return known.get();
        var state = ended(container, end);
        folder.end(state);
        try {
            isDestroyed(container);
        } catch (RuntimeFault fault) {
            LOG.atWarn()
                    .addKeyValue("container", container)
                    .setCause(fault)
                    .log("A container that has ended can't be cleared away; it is tried again.");
        }
        return state;
    }

    private RunState ended(UUID container, ContainerEnd end) {
        var limit = folder(container).limit();
        if (limit.isPresent()) return new RunState.Limited(limit.get());
        // A program that lives with the loss of a process, and ends well, has ended well.
        boolean isWell = end instanceof ContainerEnd.Exited(var code, _) && code == 0;
        if (end.isOutOfMemory() && !isWell) return new RunState.Limited(outOfMemory(container));
        return switch (end) {
            case ContainerEnd.Exited(var code, _) -> new RunState.Ended(code & 0xff);
            case ContainerEnd.Killed(var signal, _) -> new RunState.Ended(SIGNALLED + signal);
            case ContainerEnd.Unseen _ ->
                    new RunState.Lost("its monitor was killed, or the machine was restarted");
        };
    }

    private Exit.Limited outOfMemory(UUID container) {
        long limit = folder(container).terms().memoryBytes();
        long peak = usage(container).map(usage -> usage.memory().peak()).orElse(0L);
        var message =
                "Memory limit exceeded: Requested: %dMB Maximum Used: %dMB"
                        .formatted(limit / MEGABYTE, Math.max(peak, limit) / MEGABYTE);
        return new Exit.Limited(Reason.CONTAINER_LIMITATION_MEMORY, message);
    }

    @Override
    public boolean isOver(UUID container) {
        return folder(container).end().isPresent();
    }

    @Override
    public boolean callOff(UUID container, String why) {
        var found = locked(container, () -> runtime.find(id(container))).orElse(null);
        // Of a launch that was cut off nothing goes on.
        if (found instanceof ContainerState.Unfinished) isDestroyed(container);
        else if (found != null) return false;
        if (folder(container).end().isPresent()) return false;
        folder(container).callOff(why);
        return true;
    }

    @Override
    public void terminate(UUID container) {
        signal(container, folder(container).terms().stopSignal());
    }

    /// A container's other processes end with its first.
    @Override
    public boolean destroy(UUID container) {
        signal(container, KILL);
        return true;
    }

    @Override
    public void limit(UUID container, Exit.Limited how) {
        folder(container).limit(how);
        signal(container, KILL);
    }

    private void signal(UUID container, int signal) {
        locked(
                container,
                () -> {
                    if (runtime.find(id(container)).orElse(null)
                            instanceof ContainerState.Running _) {
                        runtime.signal(id(container), signal);
                    }
                    return true;
                });
    }

    @Override
    public void dismiss(UUID container, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isKnown(container) && folder(container).end().isEmpty()) {
            if (System.nanoTime() > deadline) {
                folder(container).end(new RunState.Lost("it did not end when it was killed"));
                isDestroyed(container);
                return;
            }
            Thread.sleep(POLL);
        }
    }

    @Override
    public long commandPid(UUID container) {
        try {
            return runtime.find(id(container)).orElse(null)
                            instanceof ContainerState.Running(var pid, _)
                    ? pid
                    : 0;
        } catch (RuntimeFault _) {
            return 0;
        }
    }

    @Override
    public Optional<Usage> usage(UUID container) {
        try {
            return Optional.of(runtime.usage(id(container)));
        } catch (RuntimeFault _) {
            return Optional.empty();
        }
    }

    @Override
    public void keepOnly(Set<UUID> held) {
        work.releaseAllBut(held);
    }

    @Override
    public void forget(UUID container) {
        // The folder is made before anything else, so without one there is nothing to destroy.
        if (isKnown(container)) isDestroyed(container);
        work.release(container);
        folder(container).delete();
        locks.remove(container);
    }

    @Override
    public List<UUID> known() {
        var known = new LinkedHashSet<UUID>();
        try (var paths = Files.list(folders)) {
            paths.forEach(path -> add(path.getFileName().toString(), known));
        } catch (IOException failure) {
            throw new UncheckedIOException("can't list " + folders, failure);
        }
        for (var id : runtime.containers()) add(id.value(), known);
        return List.copyOf(known);
    }

    private static void add(String name, Set<UUID> known) {
        try {
            known.add(UUID.fromString(name));
        } catch (IllegalArgumentException _) {
            LOG.atWarn().addKeyValue("name", name).log("A container that is not ours is left.");
        }
    }

    private boolean isDestroyed(UUID container) {
        return locked(
                container,
                () -> {
                    runtime.destroy(id(container));
                    return true;
                });
    }

    private <T> T locked(UUID container, Supplier<T> work) {
        var lock = locks.computeIfAbsent(container, _ -> new ReentrantLock());
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// Until it is done: what happens to a container must not be lost in a bad moment.
    private static <T> T patiently(UUID container, Supplier<T> work) throws InterruptedException {
        while (true) {
            try {
                return work.get();
            } catch (RuntimeFault fault) {
                LOG.atWarn()
                        .addKeyValue("container", container)
                        .setCause(fault)
                        .log("A container can't be looked at; it is tried again.");
                Thread.sleep(RETRY);
            }
        }
    }

    private ProcessIdentity identity(long pid) {
        long start = table.entry(pid).map(ProcessTable.Entry::start).orElse(0L);
        return new ProcessIdentity(pid, start, table.bootId());
    }

    private ContainerFolder folder(UUID container) {
        return new ContainerFolder(folders.resolve(container.toString()));
    }

    private static ContainerId id(UUID container) {
        return new ContainerId(container.toString());
    }
}
