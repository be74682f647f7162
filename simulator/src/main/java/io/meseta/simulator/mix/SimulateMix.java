package io.meseta.simulator.mix;

import io.meseta.simulator.world.BrokenPromise;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// The command: `sim mix [SEED] [--part N] [--storms N]`. 4 frameworks like Marathon, 500 like
/// Jenkins and 50 like Spark on 80 agents: in how many rounds of the allocator, and how long, all
/// of their 19,500 tasks are placed. Ends with 1 if they are not, or if a promise was broken.
public final class SimulateMix {

    private static final String USAGE = "usage: sim mix [SEED] [--part N] [--storms N]";
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int STORMS_MAX = 100;

    private record Wish(long seed, Mix mix, int storms) {}

    private SimulateMix() {}

    /// @param arguments without the word `mix`
    /// @return the exit status
    public static int run(String... arguments) {
        Wish wish;
        try {
            wish = wish(arguments);
        } catch (IllegalArgumentException unclear) {
            System.err.println(unclear.getMessage());
            System.err.println(USAGE);
            return 2;
        }
        return run(wish) ? 0 : 1;
    }

    private static boolean run(Wish wish) {
        var mix = wish.mix();
        System.out.printf(
                Locale.ROOT,
                "mix: seed %d, %d agents, %d frameworks, %d tasks, %d storms%n",
                wish.seed(),
                mix.agents(),
                mix.frameworks(),
                mix.tasks(),
                wish.storms());
        long begun = System.nanoTime();
        long cpuBegun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            var outcome = new MixedCluster(wish.seed(), mix).run(wish.storms());
            print(outcome, mix);
            return true;
        } catch (BrokenPromise broken) {
            broken.printStackTrace(System.out);
            return false;
        } finally {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBegun;
            System.out.printf(
                    Locale.ROOT,
                    "mix: real time %.1f s, of which %.1f s on a processor%n",
                    (System.nanoTime() - begun) / NANOS_PER_SECOND,
                    cpu / NANOS_PER_SECOND);
        }
    }

    private static void print(MixedCluster.Outcome outcome, Mix mix) {
        System.out.printf(
                Locale.ROOT,
                "mix: %d of %d tasks run (goal: all); all were launched after %.2f s of simulated"
                        + " time, all ran after %.2f s%n",
                outcome.tasks(),
                mix.tasks(),
                outcome.placedMillis() / MILLIS_PER_SECOND,
                outcome.runningMillis() / MILLIS_PER_SECOND);
        System.out.printf(
                Locale.ROOT,
                "mix: %d rounds of the allocator until all were launched; %d of these made"
                        + " %d offers; %d launches in all; trace %016x%n",
                outcome.rounds(),
                outcome.offering(),
                outcome.offers(),
                outcome.launches(),
                outcome.hash());
    }

    private static Wish wish(String... arguments) {
        long seed = 1;
        int part = 1;
        int storms = 0;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--part" -> part = (int) number(arguments, ++i, 50);
                case "--storms" -> storms = (int) number(arguments, ++i, STORMS_MAX);
                default -> seed = number(arguments, i, Long.MAX_VALUE);
            }
        }
        return new Wish(seed, Mix.part(part), storms);
    }

    private static long number(String[] arguments, int index, long most) {
        if (index >= arguments.length)
            throw new IllegalArgumentException(arguments[index - 1] + " needs a number");
        var text = arguments[index];
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) return number;
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + text + "' is not a number up to " + most);
    }
}
