package io.meseta.benchmarks.connections;

import io.meseta.benchmarks.placements.Hellos;
import io.meseta.benchmarks.services.Options;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.LocalConnector;

/// The command: `bench in-process …`. So many agents' links to a master in this process, which is
/// whole, its PostgreSQL included, but for sockets: pieces of memory are in their place.
public final class InProcess {

    private static final Map<String, String> DEFAULTS =
            Map.of("--agents", "50000", "--heartbeat", "60", "--seconds", "120");

    private static final int AT_ONCE = 64;
    private static final int COLLECTIONS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIBI = 1 << 10;

    private final int count;
    private final int heartbeatSeconds;
    private final int seconds;
    private final LongAdder beats = new LongAdder();
    private final LongAdder deafBeats = new LongAdder();
    private final LongAdder heard = new LongAdder();

    private InProcess(Options options) {
        this.count = options.number("--agents");
        this.heartbeatSeconds = options.number("--heartbeat");
        this.seconds = options.number("--seconds");
    }

    public static void main(String... arguments) throws Exception {
        var options = Options.of("in-process", DEFAULTS, arguments);
        options.print();
        new InProcess(options).run();
        System.exit(0);
    }

    private void run() throws Exception {
        var settings =
                List.of(
                        "--meseta.master.links.agents-max=" + (count + 1),
                        "--meseta.master.links.heartbeat-interval=" + heartbeatSeconds + "s");
        try (var master = LocalMaster.start(settings)) {
            var connector = master.connector();
            // What is made once, by whoever comes first, is nobody's in particular.
            var first = MemoryLink.join(connector, Hellos.of("first", 64, 262_144));
            first.beat(connector);
            long before = liveBytes();
            var links = join(connector);
            keep(connector, links);
            long after = liveBytes();
            System.out.printf(
                    "connected: %d (goal: 50000 by the in-process link)%n",
                    links.stream().filter(MemoryLink::isOpen).count());
            System.out.printf(
                    "heap: %.1f KiB an agent, both ends of its link included"
                            + " (%.0f MiB before them, %.0f MiB now)%n",
                    (after - before) / KIBI / count, before / KIBI / KIBI, after / KIBI / KIBI);
        }
    }

    private List<MemoryLink> join(LocalConnector connector) throws Exception {
        long begun = System.nanoTime();
        var joining = new ArrayList<Callable<MemoryLink>>();
        for (int i = 0; i < count; i++) {
            var hello = Hellos.of("agent-" + i, 64, 262_144);
            joining.add(() -> MemoryLink.join(connector, hello));
        }
        var links = new ArrayList<MemoryLink>();
        try (var pool = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var joined : pool.invokeAll(joining)) links.add(joined.get());
        }
        System.out.printf(
                "%d agents are welcome after %.1f s%n",
                count, (System.nanoTime() - begun) / NANOS_PER_SECOND);
        return links;
    }

    /// Lets them be there for a while: each beats in time, and what it hears is taken.
    private void keep(LocalConnector connector, List<MemoryLink> links) throws Exception {
        var isOver = new AtomicBoolean();
        double cpu = cpuSeconds();
        long begun = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(2)) {
            var _ = pool.submit(() -> beat(connector, links, isOver));
            var _ =
                    pool.submit(() -> {
                        while (!isOver.get()) {
                            for (var link : links) heard.add(link.taken());
                            TimeUnit.MILLISECONDS.sleep(500);
                        }
                        return isOver;
                    });
            TimeUnit.SECONDS.sleep(seconds);
            isOver.set(true);
        }
        double spent = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        System.out.printf("CPU of all while idle: %.3f cores%n", (cpuSeconds() - cpu) / spent);
        System.out.printf(
                "heartbeats answered: %.0f/s; ever answered otherwise: %d; heard by agents: %.0f"
                        + " bytes/s%n",
                beats.sum() / spent, deafBeats.sum(), heard.sum() / spent);
    }

    /// One after the other, evenly over the interval.
    private AtomicBoolean beat(
            LocalConnector connector, List<MemoryLink> links, AtomicBoolean isOver)
            throws Exception {
        long gap = TimeUnit.SECONDS.toNanos(heartbeatSeconds) / links.size();
        long next = System.nanoTime();
        for (int i = 0; !isOver.get(); i = (i + 1) % links.size()) {
            if (links.get(i).beat(connector)) beats.increment();
            else deafBeats.increment();
            next += gap;
            long left = next - System.nanoTime();
            if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
        }
        return isOver;
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toMillis() / 1e3)
                .orElse(0.0);
    }

    private static long liveBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
