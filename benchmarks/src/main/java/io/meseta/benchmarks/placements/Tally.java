package io.meseta.benchmarks.placements;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/// What has happened while it was counted.
public final class Tally {

    private static final int COMPLAINTS_MAX = 20;

    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private final Map<String, Long> freed = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> offers = new ConcurrentLinkedQueue<>();
    private final LongAdder ended = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder launched = new LongAdder();
    private final LongAdder welcomes = new LongAdder();
    private final LongAdder beats = new LongAdder();
    private final LongAdder deafBeats = new LongAdder();
    private final LongAdder losses = new LongAdder();
    private final AtomicBoolean isCounting = new AtomicBoolean();

    /// Counts from now on, and forgets what it counted before.
    public void begin() {
        waits.clear();
        offers.clear();
        ended.reset();
        refused.reset();
        isCounting.set(true);
    }

    public void end() {
        isCounting.set(false);
    }

    /// An ACCEPT is about to be sent.
    ///
    /// @param sinceNanos by [System#nanoTime], from when on it is counted
    void accepting(String task, long sinceNanos) {
        accepted.put(task, sinceNanos);
    }

    /// The agent has the launch.
    void launched(String task) {
        launched.increment();
        var begun = accepted.remove(task);
        if (begun != null && isCounting.get()) waits.add(System.nanoTime() - begun);
    }

    /// The agent is about to tell that a task has ended.
    void freeing(String host) {
        freed.put(host, System.nanoTime());
    }

    /// A framework was offered what that agent has.
    public void offered(String host) {
        var begun = freed.remove(host);
        if (begun != null && isCounting.get()) offers.add(System.nanoTime() - begun);
    }

    /// The last update has been acknowledged, and the agent has heard so.
    void ended() {
        if (isCounting.get()) ended.increment();
    }

    /// A call was not taken.
    public void refused() {
        if (isCounting.get()) refused.increment();
    }

    /// A stream has been opened and greeted.
    void welcome() {
        welcomes.increment();
    }

    /// A heartbeat has been answered.
    ///
    /// @param isHeard as it should be
    void beaten(boolean isHeard) {
        if (isHeard) beats.increment();
        else deafBeats.increment();
    }

    /// A stream has ended that should not have.
    void lost(String whose, Exception why) {
        losses.increment();
        if (losses.sum() <= COMPLAINTS_MAX) System.err.println(whose + ": " + why);
    }

    /// How many streams were ever opened and greeted.
    public long welcomes() {
        return welcomes.sum();
    }

    /// How many streams have ended that should not have.
    public long losses() {
        return losses.sum();
    }

    /// How many heartbeats have been answered as they should be.
    public long beats() {
        return beats.sum();
    }

    /// How many heartbeats have been answered otherwise.
    public long deafBeats() {
        return deafBeats.sum();
    }

    /// How many launches agents have ever got.
    public long launches() {
        return launched.sum();
    }

    /// How many offers were counted of which it is known what freed them.
    public int freedOffers() {
        return offers.size();
    }

    long tasks() {
        return ended.sum();
    }

    public long refusals() {
        return refused.sum();
    }

    /// From when the ACCEPT was due until the agent had the launch, in milliseconds.
    ///
    /// @param part such as 0.99
    public double waitMillis(double part) {
        return millis(waits, part);
    }

    /// From before an agent told that a task has ended until a framework had the offer, in
    /// milliseconds.
    ///
    /// @param part such as 0.99
    public double offerMillis(double part) {
        return millis(offers, part);
    }

    private static double millis(Collection<Long> nanos, double part) {
        var all = nanos.stream().mapToLong(Long::longValue).toArray();
        if (all.length == 0) return 0;
        Arrays.sort(all);
        return all[(int) Math.min(all.length - 1L, (long) (all.length * part))] / 1e6;
    }
}
