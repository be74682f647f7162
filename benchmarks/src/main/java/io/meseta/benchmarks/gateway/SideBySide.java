package io.meseta.benchmarks.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sends the same request through each of several proxies, in turns, and prints requests per second
/// and the time of one.
///
/// `java … io.meseta.benchmarks.gateway.SideBySide CONNECTIONS SECONDS ROUNDS NAME=PORT[/PATH]…`,
/// and a header for all of them in the environment's `HEADER` if need be.
public final class SideBySide {

    private SideBySide() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        int connections = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        var header = System.getenv().getOrDefault("HEADER", "Accept: */*");
        for (int round = 1; round <= rounds; round++) {
            for (var named : List.of(args).subList(3, args.length)) {
                var target = Target.of(named, header);
                System.out.println(
                        round + " " + target.name() + " " + run(target, connections, seconds));
            }
        }
    }

    private static String run(Target target, int connections, int seconds)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        var nanos = new ArrayList<long[]>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            var running = new ArrayList<Future<long[]>>();
            for (int each = 0; each < connections; each++) {
                running.add(threads.submit(() -> drive(target, end)));
            }
            for (var one : running) nanos.add(one.get());
        }
        var all = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        if (all.length == 0) return "nothing was answered";
        return "%d/s, median %d us, 99 %% below %d us"
                .formatted(
                        all.length / seconds,
                        all[all.length / 2] / 1000,
                        all[(int) (all.length * 0.99)] / 1000);
    }

    private static long[] drive(Target target, long end) throws IOException {
        var nanos = new long[1 << 18];
        int count = 0;
        try (var line = new Line(target)) {
            while (System.nanoTime() < end && count < nanos.length) {
                long start = System.nanoTime();
                line.ask();
                nanos[count++] = System.nanoTime() - start;
            }
        }
        return Arrays.copyOf(nanos, count);
    }
}
