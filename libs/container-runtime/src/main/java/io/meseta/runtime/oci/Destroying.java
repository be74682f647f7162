package io.meseta.runtime.oci;

import io.meseta.runtime.cgroup.ContainerCgroup;
import io.meseta.runtime.cgroup.Hierarchies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The acts of a removal. Each looks at what is there and not at what was done, so any of them may
/// be repeated, and all of them after a crash between any two.
final class Destroying {

    private static final Duration STEP = Duration.ofMillis(5);

    /// How long a monitor may take to write down an end, before it is ended itself.
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final OciTools tools;
    private final Bundle bundle;
    private final Hierarchies hierarchies;
    private final Step.Listener steps;

    Destroying(OciTools tools, Bundle bundle, Hierarchies hierarchies, Step.Listener steps) {
        this.tools = tools;
        this.bundle = bundle;
        this.hierarchies = hierarchies;
        this.steps = steps;
    }

    void destroy() throws InterruptedException {
        var recorded = Recorded.of(bundle);
        if (recorded.isPresent()) {
            var cgroup = new ContainerCgroup(hierarchies, recorded.get().cgroup());
            // A monitor that is cut off from whoever started it may just be creating: it goes
            // first, or it would make what was removed.
            if (bundle.text("started").isEmpty()) endMonitors(Duration.ZERO);
            cgroup.kill(tools.patience());
            steps.reached(Step.KILLED);
            endMonitors(LAST_WORDS);
            steps.reached(Step.MONITOR_ENDED);
            new RuntimesRecord(tools.with(recorded.get().runtime()), bundle.id()).remove();
            // Also what the runtime does not know of, since it was killed while it created.
            cgroup.kill(tools.patience());
            steps.reached(Step.FORGOTTEN);
            cgroup.remove(tools.patience());
            steps.reached(Step.UNGROUPED);
        }
        new RootMount(bundle).unmount();
        steps.reached(Step.UNMOUNTED);
        bundle.clear();
        steps.reached(Step.CLEARED);
    }

    private void endMonitors(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var monitors = monitors();
            if (monitors.isEmpty()) return;
            if (System.nanoTime() >= deadline) {
                for (var monitor : monitors) monitor.destroyForcibly();
            }
            if (System.nanoTime() > deadline + tools.patience().toNanos()) return;
            Thread.sleep(STEP);
        }
    }

    /// Monitors and runtimes at work on this container, by their command lines: a monitor that was
    /// just begun has not written its number yet.
    private List<ProcessHandle> monitors() {
        if (bundle.number("monitor").isPresent() && bundle.text("started").isPresent()) {
            return Stream.of("monitor", "transcript")
                    .flatMap(name -> bundle.number(name).stream())
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .filter(this::isOurs)
                    .toList();
        }
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    private boolean isOurs(ProcessHandle process) {
        if (process.pid() == ProcessHandle.current().pid()) return false;
        try {
            var line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            var words = List.of(line.split("\0", -1));
            return words.contains(bundle.directory().toString())
                    && words.stream().anyMatch(word -> word.contains(tools.home().toString()));
        } catch (IOException _) {
            return false;
        }
    }
}
