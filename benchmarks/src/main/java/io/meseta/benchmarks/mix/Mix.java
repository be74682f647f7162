package io.meseta.benchmarks.mix;

import io.meseta.benchmarks.placements.Api;
import io.meseta.benchmarks.placements.Hellos;
import io.meseta.benchmarks.placements.PretendedAgent;
import io.meseta.benchmarks.placements.Tally;
import io.meseta.benchmarks.services.Options;
import io.meseta.benchmarks.services.Stand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// The command: `bench mix …`. 4 frameworks like Marathon, 500 like Jenkins and 50 like Spark on 80
/// agents: how long it takes until all of their 19,500 tasks are placed, over HTTP, with
/// PostgreSQL.
///
/// The same in the core alone is the allocator's `ThreeKinds`.
public final class Mix {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--jar", "master-service/target/master-service-0.1.0-SNAPSHOT.jar",
                    "--jvm", "-Xmx2g",
                    "--agents", "80",
                    "--marathons", "4",
                    "--jenkinses", "500",
                    "--sparks", "50",
                    "--seconds", "300");

    private static final String ROUNDS = "meseta_allocation_round_seconds_count";
    private static final double CPUS = 64;
    private static final double MEM_MB = 488_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Options options;
    private final int agents;
    private final Tally tally = new Tally();
    private final LongAdder running = new LongAdder();

    private Mix(Options options) {
        this.options = options;
        this.agents = options.number("--agents");
    }

    public static void main(String... arguments) throws Exception {
        var options = Options.of("mix", DEFAULTS, arguments);
        options.print();
        new Mix(options).run();
        // The agents' streams have no end of their own.
        System.exit(0);
    }

    private void run() throws Exception {
        var jvm = options.words("--jvm");
        try (var stand = Stand.start(Path.of(options.text("--jar")), jvm);
                var api = new Api(stand.address())) {
            var frameworks = frameworks(api);
            frameworks.forEach(each -> Thread.ofVirtual().start(each));
            await("all frameworks are subscribed", () -> tally.welcomes() == frameworks.size());
            place(stand, api);
        }
    }

    private List<MixedFramework> frameworks(Api api) {
        var all = new ArrayList<MixedFramework>();
        for (int i = 0; i < options.number("--marathons"); i++)
            all.add(framework(api, Kind.MARATHON, i, "marathon-" + i));
        for (int i = 0; i < options.number("--jenkinses"); i++)
            all.add(framework(api, Kind.JENKINS, i, "jenkins"));
        for (int i = 0; i < options.number("--sparks"); i++)
            all.add(framework(api, Kind.SPARK, i, "spark-" + i));
        return all;
    }

    private MixedFramework framework(Api api, Kind kind, int number, String role) {
        return new MixedFramework(api, tally, kind, kind.name() + "-" + number, role);
    }

    private int wanted() {
        return options.number("--marathons") * Kind.MARATHON.tasks()
                + options.number("--jenkinses") * Kind.JENKINS.tasks()
                + options.number("--sparks") * Kind.SPARK.tasks();
    }

    private void place(Stand stand, Api api) throws Exception {
        int wanted = wanted();
        var cpu = stand.costs().cpuSeconds();
        long wal = stand.costs().walBytes();
        double rounds = api.figure(ROUNDS).orElse(0.0);
        long begun = System.nanoTime();
        for (int i = 0; i < agents; i++) {
            var hello = Hellos.of("agent-" + i, CPUS, MEM_MB);
            Thread.ofVirtual()
                    .start(new PretendedAgent(api, tally, _ -> running.increment(), hello));
        }
        boolean isPlaced = watch(() -> tally.launches() >= wanted, begun);
        double placed = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        double after = api.figure(ROUNDS).orElse(0.0);
        boolean areRunning = isPlaced && watch(() -> running.sum() >= wanted, begun);
        double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        System.out.printf(
                "%d of %d tasks placed (goal: all) in %.2f s and %.0f rounds of the allocator%n",
                tally.launches(), wanted, placed, after - rounds);
        System.out.printf(
                "%s of them run, and that is acknowledged, after %.2f s%n",
                areRunning ? "all" : Long.toString(running.sum()), seconds);
        stand.costs()
                .cpuSeconds()
                .forEach((name, now) ->
                        System.out.printf(
                                "CPU of %s: %.2f s%n", name, now - cpu.getOrDefault(name, 0.0)));
        System.out.printf("write-ahead log: %d bytes%n", stand.costs().walBytes() - wal);
        if (!isPlaced) throw new TimeoutException("not all tasks were placed");
    }

    /// Waits, and says each second how far it has come; whether it came to its end.
    private boolean watch(BooleanSupplier isTrue, long begun) throws InterruptedException {
        long nextLine = System.nanoTime() + (long) NANOS_PER_SECOND;
        while (!isTrue.getAsBoolean()) {
            long now = System.nanoTime();
            double seconds = (now - begun) / NANOS_PER_SECOND;
            if (seconds > options.number("--seconds")) return false;
            if (now > nextLine) {
                System.out.printf(
                        "at %.0f s: %d placed, %d running%n",
                        seconds, tally.launches(), running.sum());
                nextLine = now + (long) NANOS_PER_SECOND;
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return true;
    }

    private void await(String what, BooleanSupplier isTrue) throws Exception {
        long begun = System.nanoTime();
        while (!isTrue.getAsBoolean()) {
            if ((System.nanoTime() - begun) / NANOS_PER_SECOND > options.number("--seconds"))
                throw new TimeoutException("not in time: " + what);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.printf(
                "%s after %.1f s%n", what, (System.nanoTime() - begun) / NANOS_PER_SECOND);
    }
}
