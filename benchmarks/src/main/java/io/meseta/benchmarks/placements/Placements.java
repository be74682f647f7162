package io.meseta.benchmarks.placements;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Puts a running master under load: so many frameworks, each answering every offer by one ACCEPT
/// with one task; so many pretended agents, each telling three updates a task; everything
/// acknowledged, over HTTP with protobuf.
///
/// Counted are tasks of which the agent has heard the last acknowledgement.
public final class Placements {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--master", "http://127.0.0.1:5050",
                    "--agents", "100",
                    "--frameworks", "20",
                    "--warm-up", "20",
                    "--seconds", "60",
                    "--pids", "");

    private record Load(Tally tally, List<LoadingFramework> frameworks) {}

    private Placements() {}

    /// @param arguments `--master URL --agents N --frameworks N --warm-up S --seconds S --pids
    ///   NAME=PID,…`: of these processes and their children the CPU time is told
    public static void main(String... arguments) throws Exception {
        var wish = wish(arguments);
        try (var api = new Api(URI.create(of(wish, "--master")))) {
            var load = load(api, number(wish, "--agents"), number(wish, "--frameworks"));
            TimeUnit.SECONDS.sleep(number(wish, "--warm-up"));
            measure(api, load.tally(), number(wish, "--seconds"), processes(of(wish, "--pids")));
            load.frameworks().forEach(LoadingFramework::tearDown);
        }
        // The agents' streams have no end of their own.
        System.exit(0);
    }

    private static Load load(Api api, int agents, int frameworks) {
        var tally = new Tally();
        for (int i = 1; i <= agents; i++)
            Thread.ofVirtual().start(new PretendedAgent(api, tally, i));
        var all = new ArrayList<LoadingFramework>();
        for (int i = 1; i <= frameworks; i++) {
            var framework = new LoadingFramework(api, tally, i);
            all.add(framework);
            Thread.ofVirtual().start(framework);
        }
        return new Load(tally, all);
    }

    private static void measure(
            Api api, Tally tally, int seconds, Map<String, ProcessHandle> processes)
            throws Exception {
        var journal = "meseta_journal_entry_size_bytes_sum";
        var bytesBefore = api.figure(journal);
        var cpuBefore = cpu(processes);
        long begun = System.nanoTime();
        tally.begin();
        TimeUnit.SECONDS.sleep(seconds);
        tally.end();
        double took = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "%.0f placements/s: %d in %.1f s, %d calls were answered 503%n",
                tally.tasks() / took, tally.tasks(), took, tally.refusals());
        System.out.printf(
                "ACCEPT to launch at the agent: p50 %.1f ms, p99 %.1f ms%n",
                tally.waitMillis(0.5), tally.waitMillis(0.99));
        cpu(processes)
                .forEach((name, after) ->
                        System.out.printf(
                                "CPU of %s: %.2f cores%n",
                                name, (after - cpuBefore.getOrDefault(name, 0.0)) / took));
        var bytesAfter = api.figure(journal);
        if (bytesBefore.isPresent() && bytesAfter.isPresent() && tally.tasks() > 0)
            System.out.printf(
                    "journal: %.0f bytes a placement%n",
                    (bytesAfter.get() - bytesBefore.get()) / tally.tasks());
    }

    /// Seconds of CPU so far.
    private static Map<String, Double> cpu(Map<String, ProcessHandle> processes) {
        var times = new TreeMap<String, Double>();
        processes.forEach((name, process) ->
                times.put(
                        name,
                        Stream.concat(Stream.of(process), process.descendants())
                                .map(each -> each.info().totalCpuDuration())
                                .flatMap(Optional::stream)
                                .mapToDouble(Placements::seconds)
                                .sum()));
        return times;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static Map<String, ProcessHandle> processes(String pids) {
        var processes = new TreeMap<String, ProcessHandle>();
        processes.put("this load", ProcessHandle.current());
        for (var pair : pids.split(",", -1)) {
            var parts = pair.split("=", 2);
            if (parts.length == 2)
                ProcessHandle.of(Long.parseLong(parts[1]))
                        .ifPresent(process -> processes.put(parts[0], process));
        }
        return processes;
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

    private static String of(Map<String, String> wish, String name) {
        return wish.getOrDefault(name, "");
    }

    private static int number(Map<String, String> wish, String name) {
        return Integer.parseInt(of(wish, name));
    }
}
