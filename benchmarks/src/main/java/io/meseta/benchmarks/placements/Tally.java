package io.meseta.benchmarks.placements;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// What has happened while it was counted.
final class Tally {

    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, Long> freed = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> offers = new ConcurrentLinkedQueue<>();
    private final LongAdder ended = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicBoolean isCounting = new AtomicBoolean();

    /// Counts from now on, and forgets what it counted before.
    void begin() {
        waits.clear();
        offers.clear();
        ended.reset();
        refused.reset();
        isCounting.set(true);
    }

    void end() {
        isCounting.set(false);
    }

    /// An ACCEPT is about to be sent.
    void accepting(String task) {
        accepted.put(task, System.nanoTime());
    }

    /// The agent has the launch.
    void launched(String task) {
        var begun = accepted.remove(task);
        if (begun != null && isCounting.get()) waits.add(System.nanoTime() - begun);
    }

    /// The agent is about to tell that a task has ended.
    void freeing(String host) {
        freed.put(host, System.nanoTime());
    }

    /// A framework was offered what that agent has.
    void offered(String host) {
        var begun = freed.remove(host);
        if (begun != null && isCounting.get()) offers.add(System.nanoTime() - begun);
    }

    /// The last update has been acknowledged, and the agent has heard so.
    void ended() {
        if (isCounting.get()) ended.increment();
    }

    /// A call was not taken.
    void refused() {
        if (isCounting.get()) refused.increment();
    }

    long tasks() {
        return ended.sum();
    }

    long refusals() {
        return refused.sum();
    }

    /// From before the ACCEPT was sent until the agent had the launch, in milliseconds.
    ///
    /// @param part such as 0.99
    double waitMillis(double part) {
        return millis(waits, part);
    }

    /// From before an agent told that a task has ended until a framework had the offer, in
    /// milliseconds.
    ///
    /// @param part such as 0.99
    double offerMillis(double part) {
        return millis(offers, part);
    }

    private static double millis(Collection<Long> nanos, double part) {
        var all = nanos.stream().mapToLong(Long::longValue).toArray();
        if (all.length == 0) return 0;
        Arrays.sort(all);
        return all[(int) Math.min(all.length - 1L, (long) (all.length * part))] / 1e6;
    }
}
