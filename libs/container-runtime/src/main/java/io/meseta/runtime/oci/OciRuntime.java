package io.meseta.runtime.oci;

import io.meseta.runtime.ContainerRuntime;
import io.meseta.runtime.Execution;
import io.meseta.runtime.RuntimeSettings;
import io.meseta.runtime.cgroup.ContainerCgroup;
import io.meseta.runtime.cgroup.Hierarchies;
import io.meseta.runtime.cgroup.ParentCgroup;
import io.meseta.runtime.host.FileNews;
import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess.Terminal;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.plan.Namespace;
import io.meseta.runtime.plan.Namespaces;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.ContainerState;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import io.meseta.runtime.state.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// Containers by an OCI runtime under `conmon`. See [ContainerRuntime].
public final class OciRuntime implements ContainerRuntime {

    /// How often a container whose monitor may have died is looked at while somebody waits: less
    /// and less the longer it has run, since hundreds may be waited for.
    private static final Duration GLANCE_MIN = Duration.ofSeconds(1);

    private static final Duration GLANCE_MAX = Duration.ofMinutes(1);
    private static final int GLANCES_IN_A_LIFE = 2;

    private final OciTools tools;
    private final Hierarchies hierarchies;
    private final ParentCgroup parent;
    private final MonitorHost host;
    private final FileNews ends;
    private final Step.Listener steps;

    OciRuntime(OciTools tools, String cgroupParent, Step.Listener steps) {
        this.tools = tools;
        this.hierarchies = Hierarchies.read();
        this.parent = new ParentCgroup(hierarchies, cgroupParent);
        this.steps = steps;
        parent.prepare();
        this.host = MonitorHost.in(parent.monitorFiles());
        this.ends = FileNews.in(tools.home().resolve("exits"));
    }

    /// Opens the first runtime of `settings` that works on this machine, which is found out by
    /// running a container with it. What earlier processes have launched in the same directory goes
    /// on.
    ///
    /// @throws RuntimeFault `UNSUPPORTED` where none works, with the reasons of all
    public static OciRuntime open(RuntimeSettings settings) throws InterruptedException {
        var trial = Trials.of(settings);
        var tools =
                trial.chosen()
                        .orElseThrow(() -> new RuntimeFault(Kind.UNSUPPORTED, trial.summary()));
        return new OciRuntime(tools, settings.cgroupParent(), _ -> {});
    }

    @Override
    public String name() {
        return tools.toString();
    }

    @Override
    public ContainerState launch(ContainerId id, ContainerPlan plan) {
        hierarchies.require(plan.limits());
        var bundle = bundle(id);
        var around = surroundings(bundle, plan);
        bundle.reserve();
        steps.reached(Step.RESERVED);
        try {
            var launched =
                    uninterrupted(
                            () -> new Launching(tools, bundle, host, steps).launch(plan, around));
            return bundle.exitCode().isPresent() ? find(id).orElse(launched) : launched;
        } catch (RuntimeException fault) {
            undo(id, fault);
            throw fault;
        }
    }

    private void undo(ContainerId id, RuntimeException fault) {
        // Whoever interrupts a launch wants it gone, and not half of it.
        var wasInterrupted = Thread.interrupted();
        try {
            destroy(id);
        } catch (RuntimeFault further) {
            fault.addSuppressed(further);
        } finally {
            if (wasInterrupted) Thread.currentThread().interrupt();
        }
    }

    private Surroundings surroundings(Bundle bundle, ContainerPlan plan) {
        return new Surroundings(
                bundle.id(),
                new RootMount(bundle).place(plan),
                tools.home().resolve("containers"),
                parent.of(bundle.id().value()).path(),
                hierarchies.isUnified(),
                hierarchies.isSwapLimitable(),
                sharers(plan.namespaces()));
    }

    private Map<ContainerId, Long> sharers(Namespaces namespaces) {
        var sharers = new HashMap<ContainerId, Long>();
        var all =
                List.of(
                        namespaces.processes(),
                        namespaces.ipc(),
                        namespaces.hostname(),
                        namespaces.network(),
                        namespaces.users());
        for (var namespace : all) {
            if (namespace instanceof Namespace.Of(var other)) {
                sharers.put(other, running(other).pid());
            }
        }
        return sharers;
    }

    private ContainerState.Running running(ContainerId id) {
        if (find(id).orElse(null) instanceof ContainerState.Running running) return running;
        throw new RuntimeFault(Kind.NOT_FOUND, "no container %s runs".formatted(id));
    }

    @Override
    public Optional<ContainerState> find(ContainerId id) {
        var bundle = bundle(id);
        if (!bundle.isThere()) return Optional.empty();
        var started = Started.of(bundle);
        if (started.isEmpty()) return Optional.of(new ContainerState.Unfinished());
        // In this order: an end that is written between the two questions is not missed.
        var lives = started.get().process().isAlive();
        var hasMonitor = hasMonitor(bundle);
        var code = bundle.exitCode();
        if (code.isPresent()) {
            var end = ContainerEnd.ofShellCode(code.get(), isOutOfMemory(bundle));
            return Optional.of(new ContainerState.Ended(end));
        }
        // Whoever has a monitor is about to be said to have ended.
        if (lives || hasMonitor) {
            var pid = started.get().process().pid();
            return Optional.of(new ContainerState.Running(pid, started.get().at()));
        }
        var end = new ContainerEnd.Unseen(isOutOfMemory(bundle));
        return Optional.of(new ContainerState.Ended(end));
    }

    private static boolean hasMonitor(Bundle bundle) {
        return Stream.of("monitor", "transcript")
                .flatMap(name -> bundle.number(name).stream())
                .map(pid -> Path.of("/proc/" + pid + "/cmdline"))
                .anyMatch(file -> contains(file, bundle.directory().toString()));
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException _) {
            return false;
        }
    }

    private boolean isOutOfMemory(Bundle bundle) {
        return cgroup(bundle).map(ContainerCgroup::oomKills).filter(kills -> kills > 0).isPresent();
    }

    private Optional<ContainerCgroup> cgroup(Bundle bundle) {
        return Recorded.of(bundle).map(all -> new ContainerCgroup(hierarchies, all.cgroup()));
    }

    @Override
    public Set<ContainerId> containers() {
        var all = new TreeSet<ContainerId>();
        var directory = tools.home().resolve("containers");
        try (var bundles = Files.list(directory)) {
            bundles.map(each -> each.getFileName().toString())
                    .filter(ContainerId::isValid)
                    .map(ContainerId::new)
                    .forEach(all::add);
        } catch (NoSuchFileException _) {
            return Set.of();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, directory + " can't be read", failure);
        }
        return all;
    }

    @Override
    public void signal(ContainerId id, int signal) {
        if (signal < 1 || signal > 64) throw new IllegalArgumentException("no signal: " + signal);
        var state = find(id).orElseThrow(() -> unknown(id));
        if (!(state instanceof ContainerState.Running)) return;
        var outcome = uninterrupted(() -> tools.call("kill", id.value(), Integer.toString(signal)));
        var isGone = !(find(id).orElse(null) instanceof ContainerState.Running);
        if (!outcome.isSuccess() && !isGone && LiveProcess.of(running(id).pid()).isAlive()) {
            throw new RuntimeFault(
                    Kind.FAILED, "%s got no signal: %s".formatted(id, outcome.output()));
        }
    }

    @Override
    public void resize(ContainerId id, Terminal size) {
        if (!(find(id).orElseThrow(() -> unknown(id)) instanceof ContainerState.Running)) return;
        // Its input is the terminal, unless it has put something else there, which has no size.
        if (bundle(id).text("transcript").isPresent()) {
            PseudoTerminal.resize("/proc/%s/fd/0".formatted(running(id).pid()), size);
        }
    }

    @Override
    public Optional<ContainerEnd> await(ContainerId id, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var news = ends.expect(id.value());
            switch (find(id).orElseThrow(() -> unknown(id))) {
                case ContainerState.Ended(var end) -> {
                    ends.forget(id.value());
                    return Optional.of(end);
                }
                case ContainerState.Running(_, var since) -> {
                    if (isOver(news, deadline, glance(since))) return Optional.empty();
                }
                case ContainerState.Unfinished _ -> {
                    if (isOver(news, deadline, GLANCE_MIN)) return Optional.empty();
                }
            }
        }
    }

    /// Waits for news, for a while; whether the time is up.
    private boolean isOver(CountDownLatch news, long deadline, Duration glance)
            throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) return true;
        ends.await(news, Duration.ofNanos(Math.min(left, glance.toNanos())));
        return false;
    }

    private static Duration glance(Instant since) {
        var share = Duration.between(since, Instant.now()).dividedBy(GLANCES_IN_A_LIFE);
        if (share.compareTo(GLANCE_MIN) < 0) return GLANCE_MIN;
        return share.compareTo(GLANCE_MAX) > 0 ? GLANCE_MAX : share;
    }

    @Override
    public Usage usage(ContainerId id) {
        var bundle = bundle(id);
        if (!bundle.isThere()) throw unknown(id);
        return cgroup(bundle).map(ContainerCgroup::usage).orElse(Usage.NONE);
    }

    @Override
    public Execution exec(ContainerId id, ExecPlan plan) {
        running(id);
        return OciExecution.start(tools, bundle(id), plan);
    }

    @Override
    public void destroy(ContainerId id) {
        var bundle = bundle(id);
        if (!bundle.isThere()) return;
        uninterrupted(() -> {
            new Destroying(tools, bundle, hierarchies, steps).destroy();
            return id;
        });
        ends.forget(id.value());
    }

    @Override
    public void close() {
        host.close();
        ends.close();
    }

    private Bundle bundle(ContainerId id) {
        return new Bundle(tools.home(), tools.roots(), id);
    }

    private static RuntimeFault unknown(ContainerId id) {
        return new RuntimeFault(Kind.NOT_FOUND, "there is no container " + id);
    }

    private interface Work<T> {
        T done() throws InterruptedException;
    }

    /// What is cut off by an interruption is taken up by the next removal.
    private static <T> T uninterrupted(Work<T> work) {
        try {
            return work.done();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new RuntimeFault(Kind.FAILED, "it was interrupted");
        }
    }
}
