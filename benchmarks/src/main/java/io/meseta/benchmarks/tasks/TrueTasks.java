package io.meseta.benchmarks.tasks;

import io.meseta.benchmarks.services.OpenService;
import io.meseta.benchmarks.services.Stand;
import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.mesos.v1.FrameworkInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// The command: `TrueTasks MASTER_JAR AGENT_JAR [TASKS [ROUNDS]]`. One master on PostgreSQL, one
/// agent, one framework, all processes of their own. Prints how long a single `true` takes from
/// ACCEPT to TASK_RUNNING and to TASK_FINISHED, one after the other, and how many a second run when
/// they come at once.
public final class TrueTasks {

    private static final int SINGLES = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration CALL_MAX = Duration.ofSeconds(30);

    private TrueTasks() {}

    public static void main(String... arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: TrueTasks MASTER_JAR AGENT_JAR [TASKS [ROUNDS]]");
            System.exit(2);
        }
        int tasks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 300;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        var work = Files.createTempDirectory("true-tasks");
        try (var stand = Stand.start(Path.of(arguments[0]), List.of("-Xmx512m"));
                var _ = agent(Path.of(arguments[1]), work, stand)) {
            var at = stand.address();
            try (var master = new Master(Endpoint.of(at.getHost(), at.getPort()), CALL_MAX)) {
                measure(master, tasks, rounds);
            }
        } finally {
            remove(work);
        }
        System.exit(0);
    }

    private static OpenService agent(Path jar, Path work, Stand stand) throws IOException {
        var address = stand.address().toString().replaceFirst("/$", "");
        var settings =
                List.of(
                        "--meseta.agent.masters=" + address,
                        "--meseta.agent.work-dir=" + work,
                        "--meseta.agent.switch-user=false",
                        "--meseta.agent.resources=cpus:64;mem:65536;disk:65536");
        return OpenService.start(jar, work.resolve("log"), List.of("-Xmx256m"), settings);
    }

    private static void measure(Master master, int tasks, int rounds) throws Exception {
        var info = FrameworkInfo.newBuilder().setUser("root").setName("true-tasks").build();
        try (var runner = new Runner(master.subscribe(info))) {
            // The first ones are slow: classes are loaded, code is compiled.
            runner.run(tasks);
            var singles = new Runner.Times[SINGLES];
            for (int i = 0; i < SINGLES; i++) singles[i] = runner.run(1);
            System.out.printf(
                    "one task: ACCEPT to RUNNING %.1f ms, to FINISHED %.1f ms (medians of %d)%n",
                    medianMillis(singles, Runner.Times::runningNanos),
                    medianMillis(singles, Runner.Times::finishedNanos),
                    SINGLES);
            for (int i = 0; i < rounds; i++) {
                var times = runner.run(tasks);
                double seconds = times.finishedNanos() / 1e9;
                System.out.printf(
                        "%d tasks at once: all FINISHED after %.2f s, %.0f tasks/s%n",
                        tasks, seconds, tasks / seconds);
            }
        }
    }

    private static double medianMillis(Runner.Times[] all, ToLongFunction<Runner.Times> nanos) {
        var sorted = Stream.of(all).mapToLong(nanos).sorted().toArray();
        return sorted[sorted.length / 2] / NANOS_PER_MILLI;
    }

    private static void remove(Path directory) throws IOException {
        try (var all = Files.walk(directory)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
