package io.meseta.benchmarks.placements;

import io.meseta.benchmarks.services.Stand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Measures for a while, and prints what it finds with the goal beside it.
final class Counting {

    private static final String JOURNAL = "meseta_journal_entry_size_bytes_sum";

    private final Tally tally;

    /// How long, and how long each part of it, both in seconds.
    record Length(int seconds, int every) {}

    /// What was measured of a placement's wait, in milliseconds.
    record Waits(double p50, double p99) {

        /// Prints this as the change from what it was without something.
        void printBeside(Waits without) {
            System.out.printf(
                    "ACCEPT to launch with readers / without: p50 %.2f, p99 %.2f"
                            + " (goal: at most 1.20)%n",
                    p50 / without.p50, p99 / without.p99);
        }
    }

    Counting(Tally tally) {
        this.tally = tally;
    }

    /// Prints a line now and then, so that it shows whether the rate holds, and the whole at the
    /// end.
    Waits measure(Stand stand, Api api, Length length) throws Exception {
        var journalBefore = api.figure(JOURNAL).orElse(0.0);
        long walBefore = stand.costs().walBytes();
        var cpuBefore = stand.costs().cpuSeconds();
        long begun = System.nanoTime();
        tally.begin();
        var rates = rates(length);
        tally.end();
        double seconds = (System.nanoTime() - begun) / 1e9;
        print(seconds, rates);
        stand.costs()
                .cpuSeconds()
                .forEach((name, after) ->
                        System.out.printf(
                                "CPU of %s: %.2f cores%n",
                                name, (after - cpuBefore.getOrDefault(name, 0.0)) / seconds));
        double tasks = Math.max(1, tally.tasks());
        long wal = stand.costs().walBytes() - walBefore;
        System.out.printf(
                "write-ahead log: %d bytes; a placement: %.0f bytes, %.0f in the journal%n",
                wal, wal / tasks, (api.figure(JOURNAL).orElse(0.0) - journalBefore) / tasks);
        return new Waits(tally.waitMillis(0.5), tally.waitMillis(0.99));
    }

    private List<Double> rates(Length length) throws InterruptedException {
        var rates = new ArrayList<Double>();
        long at = System.nanoTime();
        for (int i = length.every(); i <= length.seconds(); i += length.every()) {
            long before = tally.tasks();
            TimeUnit.SECONDS.sleep(length.every());
            long now = System.nanoTime();
            double rate = (tally.tasks() - before) / ((now - at) / 1e9);
            at = now;
            rates.add(rate);
            System.out.printf("at %d s: %.0f placements/s%n", i, rate);
        }
        return rates;
    }

    private void print(double seconds, List<Double> rates) {
        System.out.printf(
                "%.0f placements/s: %d in %.1f s, %d calls were answered 503 (goal, unpaced: 3000/s)%n",
                tally.tasks() / seconds, tally.tasks(), seconds, tally.refusals());
        if (rates.size() > 1)
            System.out.printf(
                    "flatness: slowest part / fastest %.2f (goal: at least 0.80)%n",
                    Collections.min(rates) / Collections.max(rates));
        System.out.printf(
                "ACCEPT to launch at the agent: p50 %.1f ms, p99 %.1f ms (goal, at half the load:"
                        + " p99 below 20 ms)%n",
                tally.waitMillis(0.5), tally.waitMillis(0.99));
        System.out.printf(
                "end of a task told to offer at a framework: p50 %.1f ms, p99 %.1f ms%n",
                tally.offerMillis(0.5), tally.offerMillis(0.99));
    }
}
