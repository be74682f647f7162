package io.meseta.benchmarks.containers;

import io.meseta.mesos.v1.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Many short containers through one agent, all ordered at once; and by `podman run`, one after the
/// other and some at a time.
final class ShortOnes {

    private static final int AT_A_TIME = 4;
    private static final int PARTS = 5;

    private final ContainerAgent agent;

    ShortOnes(ContainerAgent agent) {
        this.agent = agent;
    }

    /// @return how many a second
    double ours(int count) throws InterruptedException {
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++)
            agent.master().launch(ContainerAgent.boxed("short-" + begun + "-" + i, "/bin/true"));
        var rates = new ArrayList<String>();
        int part = Math.max(1, count / PARTS);
        long since = begun;
        long last = begun;
        for (int heard = part; heard <= count; heard += part) {
            last = agent.await(TaskState.TASK_FINISHED, part);
            rates.add("%.1f".formatted(part / ((last - since) / 1e9)));
            since = last;
        }
        double rate = count / PARTS * PARTS / ((last - begun) / 1e9);
        System.out.printf(
                "%d short containers: %.1f a second; by fifths %s%n",
                count, rate, String.join(", ", rates));
        return rate;
    }

    /// What `podman run` reaches, in containers a second.
    record Podman(double alone, double together) {}

    static Podman podman(Path program, Path archive, int count)
            throws IOException, InterruptedException {
        // It takes no long names.
        var directory = Files.createTempDirectory("pod");
        var podman = new ArrayList<>(List.of(program.toString(), "--cgroup-manager=cgroupfs"));
        podman.addAll(List.of("--root", directory.resolve("root").toString()));
        podman.addAll(List.of("--runroot", directory.resolve("run").toString()));
        podman.addAll(List.of("--events-backend", "none", "--storage-driver", "overlay"));
        // Debian's crun does not take every machine's cgroups; podman would choose it.
        var runtime = Tool.find("runc").orElseThrow().toString();
        podman.addAll(List.of("--runtime", runtime));
        Tool.run(with(podman, "load", "--quiet", "--input", archive.toString()));
        // By itself it asks for more descriptors and processes than every root may have.
        var run =
                with(
                        podman,
                        "run",
                        "--rm",
                        "--ulimit",
                        "nofile=1024:1024",
                        "--ulimit",
                        "nproc=1024:1024",
                        "--network",
                        "host",
                        "--log-driver",
                        "none",
                        "--memory",
                        "32m",
                        "localhost/" + BoxArchive.NAME,
                        "/bin/true");
        Tool.run(run);
        double alone = rate(run, count, 1);
        double together = rate(run, count, AT_A_TIME);
        System.out.printf(
                "podman run: %.1f a second one by one, %.1f a second %d at a time (%d each)%n",
                alone, together, AT_A_TIME, count);
        Tool.run(with(podman, "system", "reset", "--force"));
        return new Podman(alone, together);
    }

    private static double rate(List<String> command, int count, int threads)
            throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var all = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < count; i++)
                all.add(() -> {
                    Tool.run(command);
                    return true;
                });
            for (var each : pool.invokeAll(all)) each.get();
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        }
        return count / ((System.nanoTime() - begun) / 1e9);
    }

    private static List<String> with(List<String> command, String... words) {
        var whole = new ArrayList<>(command);
        whole.addAll(List.of(words));
        return whole;
    }
}
