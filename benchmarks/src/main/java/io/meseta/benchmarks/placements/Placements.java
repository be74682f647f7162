package io.meseta.benchmarks.placements;

import io.meseta.benchmarks.recovery.LiveCluster;
import io.meseta.benchmarks.services.Machine;
import io.meseta.benchmarks.services.Options;
import io.meseta.benchmarks.services.Stand;
import io.meseta.wire.agent.Hello;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Puts a master under load: so many frameworks, each answering every offer by one ACCEPT with one
/// task; so many pretended agents, each telling three updates a task; everything acknowledged, over
/// HTTP with protobuf. The master and its PostgreSQL are processes of their own, started for this.
///
/// Counted are tasks of which the agent has heard the last acknowledgement.
public final class Placements {

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("--jar", "master-service/target/master-service-0.1.0-SNAPSHOT.jar"),
                    Map.entry("--jvm", "-Xmx4g"),
                    Map.entry("--agents", "1000"),
                    Map.entry("--frameworks", "20"),
                    Map.entry("--rate", "0"),
                    Map.entry("--held", "0"),
                    Map.entry("--readers", "0"),
                    Map.entry("--warm-up", "60"),
                    Map.entry("--seconds", "600"),
                    Map.entry("--every", "60"));

    /// 20 clients poll the whole state of 10,000 agents and 100,000 tasks, at a moderate load.
    private static final Map<String, String> READERS =
            Map.of(
                    "--agents", "10000",
                    "--held", "10",
                    "--readers", "20",
                    "--rate", "200",
                    "--warm-up", "60",
                    "--seconds", "120",
                    "--every", "20");

    private static final LoadingFramework.Size SMALL = new LoadingFramework.Size(0.1, 32);
    private static final double CPUS = 64;
    private static final double MEM_MB = 262_144;
    private static final long WELCOME_SECONDS_MAX = 300;

    /// Descriptors of this process beside those of the agents: calls, frameworks, its own.
    private static final int DESCRIPTORS_SPARE = 1_500;

    private final Options options;
    private final Tally tally = new Tally();
    private final Counting counting;

    private Placements(Options options) {
        this.options = options;
        this.counting = new Counting(tally);
    }

    /// @param arguments `--jar MASTER_JAR --jvm FLAGS --agents N --frameworks N --rate PER_SECOND
    ///   --held N --readers N --warm-up S --seconds S --every S`; a rate of 0 is as fast as it
    ///   goes; each agent holds that many tasks already; where there are readers it is measured
    ///   without them first
    public static void main(String... arguments) throws Exception {
        new Placements(Options.of("placements", DEFAULTS, arguments)).run();
    }

    /// The same with other defaults: many readers of a large state.
    public static void withReaders(String... arguments) throws Exception {
        var defaults = new HashMap<>(DEFAULTS);
        defaults.putAll(READERS);
        new Placements(Options.of("readers", defaults, arguments)).run();
    }

    private void run() throws Exception {
        options.print();
        int agents = options.number("--agents");
        if (Machine.descriptorsMax() < agents + DESCRIPTORS_SPARE)
            System.out.printf(
                    "only %d descriptors a process: raise the hard limit (ulimit -Hn) above %d%n",
                    Machine.descriptorsMax(), agents + DESCRIPTORS_SPARE);
        var live = new LiveCluster(agents, options.number("--held"));
        var plan =
                new Stand.Plan(
                        Path.of(options.text("--jar")),
                        options.words("--jvm"),
                        List.of(),
                        live.isEmpty() ? _ -> {} : live::save);
        try (var stand = Stand.start(plan);
                var api = new Api(stand.address())) {
            var frameworks = frameworks(api);
            joinAgents(api, live);
            frameworks.forEach(each -> Thread.ofVirtual().start(each));
            if (options.number("--rate") == 0) {
                measure(stand, api);
            } else {
                var paced = new Paced(frameworks, options.number("--rate"));
                try (var _ = OpenLoop.start(options.number("--rate"), paced::due)) {
                    measure(stand, api);
                }
                paced.print();
            }
            System.out.printf("memory of the master: %d MB%n", stand.masterMegabytes());
            System.out.printf("streams that have ended meanwhile: %d%n", tally.losses());
        }
        // The agents' streams have no end of their own.
        System.exit(0);
    }

    private List<LoadingFramework> frameworks(Api api) {
        boolean isPaced = options.number("--rate") > 0;
        var frameworks = new ArrayList<LoadingFramework>();
        for (int i = 1; i <= options.number("--frameworks"); i++)
            frameworks.add(new LoadingFramework(api, tally, isPaced, SMALL, i));
        return frameworks;
    }

    private void joinAgents(Api api, LiveCluster live) throws Exception {
        int agents = options.number("--agents");
        long begun = System.nanoTime();
        for (int i = 0; i < agents; i++) {
            Hello hello = live.isEmpty() ? Hellos.of("agent-" + i, CPUS, MEM_MB) : live.hello(i);
            Thread.ofVirtual().start(new PretendedAgent(api, tally, Runnable::run, hello));
        }
        while (tally.welcomes() < agents) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(WELCOME_SECONDS_MAX))
                throw new TimeoutException(
                        "only %d of %d agents are welcome".formatted(tally.welcomes(), agents));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.printf(
                "%d agents with %d tasks are welcome after %.1f s%n",
                agents, live.tasks(), (System.nanoTime() - begun) / 1e9);
    }

    private void measure(Stand stand, Api api) throws Exception {
        TimeUnit.SECONDS.sleep(options.number("--warm-up"));
        var length = new Counting.Length(options.number("--seconds"), options.number("--every"));
        var without = counting.measure(stand, api, length);
        if (options.number("--readers") == 0) return;
        try (var _ = new Readers(stand.address(), options.number("--readers"))) {
            System.out.printf("now with %d readers%n", options.number("--readers"));
            // The first answers find caches empty, and readers all at their beginning.
            TimeUnit.SECONDS.sleep(options.number("--every"));
            counting.measure(stand, api, length).printBeside(without);
        }
    }
}
