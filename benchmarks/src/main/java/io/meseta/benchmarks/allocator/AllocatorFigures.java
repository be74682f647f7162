package io.meseta.benchmarks.allocator;

import io.meseta.allocator.FrameworkTraits;
import io.meseta.allocator.Pool;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Prints how long allocations take: the best and the median of some rounds, after some to warm up.
public final class AllocatorFigures {

    private static final int WARM_UP = 20;
    private static final int ROUNDS = 11;
    private static final double NANOS_PER_MILLI = 1e6;

    /// Seconds that Mesos 1.8 took, as published; see `benchmarks/results/allocator.md`.
    private enum Size {
        THOUSAND(1_000, 0.2),
        FIVE_THOUSAND(5_000, 0.4),
        TEN_THOUSAND(10_000, 1.1),
        TWENTY_THOUSAND(20_000, 3.8);

        private final int agents;
        private final double mesosSeconds;

        Size(int agents, double mesosSeconds) {
            this.agents = agents;
            this.mesosSeconds = mesosSeconds;
        }
    }

    private AllocatorFigures() {}

    /// @param arguments `scratch`, `filters`, `quota`, `cluster` and `mix`; none for all
    public static void main(String... arguments) {
        var wanted = Arrays.asList(arguments);
        if (isWanted("scratch", wanted)) scratch();
        if (isWanted("filters", wanted)) filters();
        if (isWanted("quota", wanted)) quotas();
        if (isWanted("cluster", wanted)) cluster();
        if (isWanted("mix", wanted)) ThreeKinds.print();
    }

    private static boolean isWanted(String what, List<String> wanted) {
        return wanted.isEmpty() || wanted.contains(what);
    }

    private static void scratch() {
        System.out.println(
                "scratch: agents, frameworks, round ms (best, median, cpu), with bookkeeping ms"
                        + " (best, median, cpu), times faster than Mesos 1.8 (best,"
                        + " median)");
        for (var size : Size.values()) {
            var pool = Farm.fresh(size.agents, size.agents / 10);
            var alone = measured(seed -> () -> pool.round(seed).grants().size());
            var whole = measured(seed -> () -> settled(pool, seed));
            System.out.printf(
                    Locale.ROOT,
                    "%6d %5d   %8.2f %8.2f %8.2f   %8.2f %8.2f %8.2f   %6.1f %6.1f%n",
                    size.agents,
                    size.agents / 10,
                    alone.best(),
                    alone.median(),
                    alone.cpu(),
                    whole.best(),
                    whole.median(),
                    whole.cpu(),
                    size.mesosSeconds * 1_000 / whole.best(),
                    size.mesosSeconds * 1_000 / whole.median());
        }
    }

    private static long settled(Pool pool, long seed) {
        var round = pool.round(seed);
        return Farm.applied(pool, round.grants()).settled(round.withheld()).isSettled() ? 1 : 0;
    }

    private static void filters() {
        var settled = Farm.declined(1_000, 200);
        show("filters: 1000 agents x 200 frameworks, nothing changed", settled);
        show(
                "filters: one agent is looked at again",
                settled.withAgentActive(new AgentId("agent-7"), true));
        show(
                "filters: another framework joins, and takes all",
                settled.withFramework(
                        new FrameworkId("another"), FrameworkTraits.of(new Role("other"))));
        var unsettled = settled;
        for (int i = 0; i < 1_000; i++)
            unsettled = unsettled.withAgentActive(new AgentId("agent-" + i), true);
        show("filters: all agents are looked at again, all refused", unsettled);
    }

    private static void show(String what, Pool pool) {
        print(what, measured(seed -> () -> pool.round(seed).grants().size()));
    }

    private static void print(String what, Time time) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.4f ms best, %.4f median, %.4f of CPU%n",
                what,
                time.best(),
                time.median(),
                time.cpu());
    }

    private static void quotas() {
        for (int scale : new int[] {1, 10, 100}) {
            var pool = Farm.smallAndLargeQuotas(25 * scale, 5 * scale);
            print(
                    "quota: %d small and %d large, %d agents"
                            .formatted(25 * scale, 5 * scale, 30 * scale),
                    measured(seed -> () -> settled(pool, seed)));
        }
        for (int roles : new int[] {10, 100, 1_000}) {
            for (boolean haveQuota : new boolean[] {false, true}) {
                var pool = Farm.roles(roles, haveQuota);
                print(
                        "quota: %d roles, %d agents and frameworks, %s"
                                .formatted(roles, 2 * roles, haveQuota ? "with" : "without"),
                        measured(seed -> () -> settled(pool, seed)));
            }
        }
    }

    /// The same through the master's core: offers are made, and told.
    private static void cluster() {
        for (var size : Size.values()) {
            var crowd = new Crowd(size.agents, size.agents / 10);
            var time = measured(seed -> crowd::offerEverything);
            print(
                    "cluster: %d agents, %d frameworks, until every offer is made"
                            .formatted(size.agents, size.agents / 10),
                    time);
        }
    }

    /// Milliseconds.
    ///
    /// @param cpu of the thread, in the median: what is left where others use the cores, too
    private record Time(double best, double median, double cpu) {}

    private interface Work {
        LongSupplier prepared(long seed);
    }

    private static Time measured(Work work) {
        var threads = ManagementFactory.getThreadMXBean();
        var millis = new double[ROUNDS];
        var cpu = new double[ROUNDS];
        long sum = 0;
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            var body = work.prepared(i);
            long begun = System.nanoTime();
            long cpuBegun = threads.getCurrentThreadCpuTime();
            sum += body.getAsLong();
            if (i < 0) continue;
            cpu[i] = (threads.getCurrentThreadCpuTime() - cpuBegun) / NANOS_PER_MILLI;
            millis[i] = (System.nanoTime() - begun) / NANOS_PER_MILLI;
        }
        Arrays.sort(millis);
        Arrays.sort(cpu);
        if (sum == Long.MIN_VALUE) System.out.println("so that nothing is left out");
        return new Time(millis[0], millis[ROUNDS / 2], cpu[ROUNDS / 2]);
    }
}
