package io.meseta.benchmarks.connections;

import io.meseta.benchmarks.placements.Api;
import io.meseta.benchmarks.placements.Hellos;
import io.meseta.benchmarks.placements.PretendedAgent;
import io.meseta.benchmarks.placements.Tally;
import io.meseta.benchmarks.services.Machine;
import io.meseta.benchmarks.services.Options;
import io.meseta.benchmarks.services.Stand;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The command: `bench connections …`. This process holds so many agents' links over TCP to a
/// master that is a process of its own, and answers for all of them.
public final class Connections {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--jar", "master-service/target/master-service-0.1.0-SNAPSHOT.jar",
                    "--jvm", "-Xmx4g",
                    "--agents", "15000",
                    "--seconds", "120");

    /// Descriptors of either process beside those of the links: calls, files, its own.
    private static final int DESCRIPTORS_SPARE = 1_000;

    private static final double WELCOME_SECONDS_MAX = 600;
    private static final long SETTLE_SECONDS = 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double KIBI = 1 << 10;

    private final Options options;
    private final int agents;
    private final Tally tally = new Tally();

    private Connections(Options options) {
        this.options = options;
        this.agents = options.number("--agents");
    }

    public static void main(String... arguments) throws Exception {
        var options = Options.of("connections", DEFAULTS, arguments);
        options.print();
        new Connections(options).run();
        // The agents' streams have no end of their own.
        System.exit(0);
    }

    private void run() throws Exception {
        long descriptors = Machine.descriptorsMax();
        System.out.printf("descriptors a process: %d%n", descriptors);
        if (descriptors < agents + DESCRIPTORS_SPARE)
            throw new IllegalStateException(
                    "%d connections need %d descriptors: raise the hard limit first (ulimit -Hn)"
                            .formatted(agents, agents + DESCRIPTORS_SPARE));
        var jvm = options.words("--jvm");
        try (var stand = Stand.start(Path.of(options.text("--jar")), jvm);
                var api = new Api(stand.address())) {
            long liveBefore = stand.masterLiveBytes();
            long residentBefore = stand.masterMegabytes();
            join(api);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            idle(stand);
            long live = stand.masterLiveBytes();
            System.out.printf(
                    "heap of the master: %.1f KiB an agent (%.0f MiB before them, %.0f MiB now)%n",
                    (live - liveBefore) / KIBI / agents,
                    liveBefore / KIBI / KIBI,
                    live / KIBI / KIBI);
            long resident = stand.masterMegabytes();
            System.out.printf(
                    "resident memory of the master: %.1f KiB an agent, its collector's slack"
                            + " included (%d MiB before them, %d MiB now)%n",
                    (resident - residentBefore) * KIBI / agents, residentBefore, resident);
        }
    }

    private void join(Api api) throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < agents; i++) {
            var hello = Hellos.of("agent-" + i, 64, 262_144);
            Thread.ofVirtual().start(new PretendedAgent(api, tally, Runnable::run, hello));
        }
        while (tally.welcomes() < agents) {
            if ((System.nanoTime() - begun) / NANOS_PER_SECOND > WELCOME_SECONDS_MAX)
                throw new TimeoutException(
                        "only %d of %d are welcome".formatted(tally.welcomes(), agents));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        System.out.printf(
                "%d agents are welcome after %.1f s%n",
                agents, (System.nanoTime() - begun) / NANOS_PER_SECOND);
    }

    /// What it costs that they are there.
    private void idle(Stand stand) throws Exception {
        var cpu = stand.costs().cpuSeconds();
        long wal = stand.costs().walBytes();
        long beats = tally.beats();
        long begun = System.nanoTime();
        TimeUnit.SECONDS.sleep(options.number("--seconds"));
        double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
        stand.costs()
                .cpuSeconds()
                .forEach((name, after) ->
                        System.out.printf(
                                "CPU of %s while idle: %.3f cores%n",
                                name, (after - cpu.getOrDefault(name, 0.0)) / seconds));
        System.out.printf(
                "write-ahead log while idle: %.0f bytes/s%n",
                (stand.costs().walBytes() - wal) / seconds);
        System.out.printf(
                "heartbeats answered: %.0f/s; ever answered otherwise: %d%n",
                (tally.beats() - beats) / seconds, tally.deafBeats());
        System.out.printf(
                "connected: %d (goal: 15000 by real connections); links that have ended: %d%n",
                tally.welcomes() - tally.losses(), tally.losses());
    }
}
