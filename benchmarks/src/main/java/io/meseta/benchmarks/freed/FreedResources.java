package io.meseta.benchmarks.freed;

import io.meseta.benchmarks.placements.Api;
import io.meseta.benchmarks.placements.Hellos;
import io.meseta.benchmarks.placements.OpenLoop;
import io.meseta.benchmarks.placements.PretendedAgent;
import io.meseta.benchmarks.placements.Tally;
import io.meseta.benchmarks.services.Options;
import io.meseta.benchmarks.services.Stand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// The command: `bench freed …`. A full cluster, in which so many tasks end in a second: how long
/// it takes from when an agent sends that a task has ended until somebody is offered what it had.
///
/// Each agent has one task that takes all of it. Most frameworks share the agents evenly; one of
/// whose tasks ends wants another, and declines what else it is offered for Mesos' usual five
/// seconds. The others, who have nothing and so come first, want nothing and decline everything for
/// ten minutes: soon each agent is filtered by each of them.
public final class FreedResources {

    static final double CPUS = 64;
    static final double MEM_MB = 262_144;

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--jar", "master-service/target/master-service-0.1.0-SNAPSHOT.jar",
                    "--jvm", "-Xmx4g",
                    "--agents", "10000",
                    "--frameworks", "200",
                    "--idle", "20",
                    "--rate", "50",
                    "--refuse", "5",
                    "--warm-up", "60",
                    "--seconds", "120");

    private static final double IDLE_REFUSE_SECONDS = 600;

    private static final long STEP_SECONDS_MAX = 600;

    private final Options options;
    private final Tally tally = new Tally();
    private final Queue<Runnable> endings = new ConcurrentLinkedQueue<>();
    private final LongAdder running = new LongAdder();
    private final LongAdder idle = new LongAdder();

    private FreedResources(Options options) {
        this.options = options;
    }

    public static void main(String... arguments) throws Exception {
        var options = Options.of("freed", DEFAULTS, arguments);
        options.print();
        new FreedResources(options).run();
        // The agents' streams have no end of their own.
        System.exit(0);
    }

    private void run() throws Exception {
        int agents = options.number("--agents");
        int rate = options.number("--rate");
        var jvm = options.words("--jvm");
        try (var stand = Stand.start(Path.of(options.text("--jar")), jvm);
                var api = new Api(stand.address())) {
            var frameworks = join(api, agents);
            await("every agent is full", () -> running.sum() >= agents);
            try (var _ = OpenLoop.start(rate, _ -> end())) {
                TimeUnit.SECONDS.sleep(options.number("--warm-up"));
                measure(stand, frameworks);
            }
            System.out.printf(
                    "memory of the master: %d MB; streams that have ended meanwhile: %d%n",
                    stand.masterMegabytes(), tally.losses());
        }
    }

    private List<SatedFramework> join(Api api, int agents) throws Exception {
        int count = options.number("--frameworks");
        int idlers = options.number("--idle");
        int busy = count - idlers;
        var frameworks = new ArrayList<SatedFramework>();
        for (int i = 0; i < count; i++) {
            boolean isBusy = i < busy;
            // Together room for all agents, and no more.
            int room = isBusy ? agents / busy + (i < agents % busy ? 1 : 0) : 0;
            double refuse = isBusy ? options.number("--refuse") : IDLE_REFUSE_SECONDS;
            var framework = new SatedFramework(api, tally, "sated-" + i, room, refuse);
            frameworks.add(framework);
            Thread.ofVirtual().start(framework);
        }
        for (int i = 0; i < agents; i++) {
            var hello = Hellos.of("agent-" + i, CPUS, MEM_MB);
            Thread.ofVirtual().start(new PretendedAgent(api, tally, this::begun, hello));
        }
        await("all are welcome", () -> tally.welcomes() == agents + count);
        return frameworks;
    }

    private void begun(Runnable ending) {
        running.increment();
        endings.add(ending);
    }

    /// Whichever task has run the longest.
    private void end() {
        var ending = endings.poll();
        if (ending == null) idle.increment();
        else ending.run();
    }

    private void measure(Stand stand, List<SatedFramework> frameworks) throws Exception {
        var cpu = stand.costs().cpuSeconds();
        long wal = stand.costs().walBytes();
        int declined = frameworks.stream().mapToInt(SatedFramework::declined).sum();
        idle.reset();
        long begun = System.nanoTime();
        tally.begin();
        TimeUnit.SECONDS.sleep(options.number("--seconds"));
        tally.end();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "freed resource to offer: p50 %.1f ms, p99 %.1f ms (goal: p99 below 10 ms), %d in"
                        + " %.0f s%n",
                tally.offerMillis(0.5), tally.offerMillis(0.99), tally.freedOffers(), seconds);
        System.out.printf(
                "declined: %d offers before, %.0f/s meanwhile; turns without a task to end: %d%n",
                declined,
                (frameworks.stream().mapToInt(SatedFramework::declined).sum() - declined) / seconds,
                idle.sum());
        stand.costs()
                .cpuSeconds()
                .forEach((name, after) ->
                        System.out.printf(
                                "CPU of %s: %.2f cores%n",
                                name, (after - cpu.getOrDefault(name, 0.0)) / seconds));
        System.out.printf(
                "write-ahead log: %.0f bytes/s%n", (stand.costs().walBytes() - wal) / seconds);
    }

    private void await(String what, BooleanSupplier isTrue)
            throws InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        while (!isTrue.getAsBoolean()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(STEP_SECONDS_MAX))
                throw new TimeoutException(
                        "not within %d s: %s (%d welcome, %d tasks run)"
                                .formatted(
                                        STEP_SECONDS_MAX, what, tally.welcomes(), running.sum()));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - begun) / 1e9);
    }
}
