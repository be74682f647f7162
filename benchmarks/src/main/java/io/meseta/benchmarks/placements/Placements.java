package io.meseta.benchmarks.placements;

import io.meseta.benchmarks.services.Stand;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

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
                    Map.entry("--tasks", "small"),
                    Map.entry("--kept", "0"),
                    Map.entry("--readers", "0"),
                    Map.entry("--warm-up", "60"),
                    Map.entry("--seconds", "600"),
                    Map.entry("--every", "60"));

    private final Map<String, String> wish;
    private final Tally tally = new Tally();

    private Placements(Map<String, String> wish) {
        this.wish = wish;
    }

    /// @param arguments `--jar MASTER_JAR --jvm FLAGS --agents N --frameworks N --rate PER_SECOND
    ///   --tasks small|whole --kept N --readers N --warm-up S --seconds S --every S`; a rate of 0
    ///   is as fast as it goes; tasks that take whole agents end at that rate, all others at once,
    ///   but for the first N, which are kept; where there are readers it is measured without them
    ///   first
    public static void main(String... arguments) throws Exception {
        var run = new Placements(wish(arguments));
        var jvm = List.of(run.of("--jvm").split(" "));
        try (var stand = Stand.start(Path.of(run.of("--jar")), jvm);
                var api = new Api(stand.address())) {
            run.load(api);
            TimeUnit.SECONDS.sleep(run.number("--warm-up"));
            System.out.println(new TreeMap<>(run.wish));
            run.measure(api, stand);
            if (run.number("--readers") > 0) {
                try (var _ = new Readers(stand.address(), run.number("--readers"))) {
                    run.measure(api, stand);
                }
            }
            System.out.printf("memory of the master: %d MB%n", stand.masterMegabytes());
        }
        // The agents' streams have no end of their own.
        System.exit(0);
    }

    private void load(Api api) {
        var kept = new AtomicInteger(number("--kept"));
        var isWhole = of("--tasks").equals("whole");
        var given = new Pace(number("--rate"));
        var pace = isWhole ? new Pace(0) : given;
        var size = isWhole ? LoadingFramework.Size.WHOLE : LoadingFramework.Size.SMALL;
        Consumer<Runnable> running =
                ending -> {
                    if (kept.getAndUpdate(left -> Math.max(0, left - 1)) > 0) return;
                    if (isWhole) end(given, ending);
                    else ending.run();
                };
        for (int i = 1; i <= number("--agents"); i++)
            Thread.ofVirtual().start(new PretendedAgent(api, tally, running, i));
        for (int i = 1; i <= number("--frameworks"); i++)
            Thread.ofVirtual().start(new LoadingFramework(api, tally, pace, size, i));
    }

    /// Whoever has run the longest ends next.
    private static void end(Pace pace, Runnable ending) {
        Thread.ofVirtual()
                .start(() -> {
                    pace.await();
                    ending.run();
                });
    }

    /// Prints a line now and then, so that it shows whether the rate holds, and the whole at the
    /// end.
    private void measure(Api api, Stand stand) throws Exception {
        var journal = "meseta_journal_entry_size_bytes_sum";
        var journalBefore = api.figure(journal).orElse(0.0);
        long walBefore = stand.walBytes();
        var cpuBefore = stand.cpuSeconds();
        long begun = System.nanoTime();
        tally.begin();
        int every = number("--every");
        for (int at = every; at <= number("--seconds"); at += every) {
            long before = tally.tasks();
            TimeUnit.SECONDS.sleep(every);
            System.out.printf(
                    "at %d s: %.0f placements/s%n", at, (tally.tasks() - before) / (double) every);
        }
        tally.end();
        double seconds = (System.nanoTime() - begun) / 1e9;
        report(seconds);
        stand.cpuSeconds()
                .forEach((name, after) ->
                        System.out.printf(
                                "CPU of %s: %.2f cores%n",
                                name, (after - cpuBefore.getOrDefault(name, 0.0)) / seconds));
        double tasks = Math.max(1, tally.tasks());
        System.out.printf(
                "bytes a placement: %.0f in the journal, %.0f in the write-ahead log%n",
                (api.figure(journal).orElse(0.0) - journalBefore) / tasks,
                (stand.walBytes() - walBefore) / tasks);
    }

    private void report(double seconds) {
        System.out.printf(
                "%.0f placements/s: %d in %.1f s, %d calls were answered 503%n",
                tally.tasks() / seconds, tally.tasks(), seconds, tally.refusals());
        System.out.printf(
                "ACCEPT to launch at the agent: p50 %.1f ms, p99 %.1f ms%n",
                tally.waitMillis(0.5), tally.waitMillis(0.99));
        System.out.printf(
                "end of a task told to offer at a framework: p50 %.1f ms, p99 %.1f ms%n",
                tally.offerMillis(0.5), tally.offerMillis(0.99));
    }

    private static Map<String, String> wish(String... arguments) {
        var wish = new HashMap<>(DEFAULTS);
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            if (!DEFAULTS.containsKey(arguments[i]))
                throw new IllegalArgumentException("unknown: " + arguments[i]);
            wish.put(arguments[i], arguments[i + 1]);
        }
        return wish;
    }

    private String of(String name) {
        return wish.getOrDefault(name, "");
    }

    private int number(String name) {
        return Integer.parseInt(of(name));
    }
}
