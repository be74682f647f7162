package io.meseta.simulator;

import io.meseta.simulator.mix.SimulateMix;
import io.meseta.simulator.nodes.Workings;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The command: `sim [SEED] [--events N] [--trace]`. Ends with 1 if a promise was broken, with 2 if
/// it was asked for something that it does not understand. `sim mix …` is [SimulateMix].
public final class Simulate {

    private static final long EVENTS = 1_000_000;
    private static final int SEEDS = 1_000_000;

    private record Wish(long seed, long events, boolean isTraced) {}

    private Simulate() {}

    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("mix"))
            System.exit(SimulateMix.run(Arrays.copyOfRange(arguments, 1, arguments.length)));
        Wish wish;
        try {
            wish = wish(arguments);
        } catch (IllegalArgumentException unclear) {
            System.err.println(unclear.getMessage());
            System.err.println(
                    "usage: sim [SEED] [--events N] [--trace], or sim mix [SEED] [--part N]"
                            + " [--storms N]");
            System.exit(2);
            return;
        }
        System.exit(run(wish) ? 0 : 1);
    }

    private static boolean run(Wish wish) {
        System.out.println("seed " + wish.seed() + ", " + wish.events() + " events");
        long begun = System.nanoTime();
        var simulation = new Simulation(wish.seed(), Workings.HONEST);
        if (wish.isTraced()) simulation.listen(System.out::println);
        var outcome = simulation.run(wish.events());
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        outcome.failure()
                .ifPresent(failure -> {
                    failure.tail().forEach(System.out::println);
                    failure.cause().printStackTrace(System.out);
                });
        System.out.printf(
                "%s: seed %d, %d events in %.1f s (%d/s), %.1f virtual hours, trace %016x%n",
                outcome.failure().isPresent() ? "BROKEN" : "ok",
                outcome.seed(),
                outcome.events(),
                millis / 1e3,
                outcome.events() * 1_000 / millis,
                outcome.virtualMillis() / 3.6e6,
                outcome.hash());
        return outcome.failure().isEmpty();
    }

    private static Wish wish(String... arguments) {
        long seed = RandomGenerator.getDefault().nextInt(SEEDS);
        long events = EVENTS;
        boolean isTraced = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--trace")) {
                isTraced = true;
            } else if (!arguments[i].equals("--events")) {
                seed = number(arguments[i]);
            } else if (++i < arguments.length) {
                events = number(arguments[i]);
            } else {
                throw new IllegalArgumentException("--events needs a number");
            }
        }
        if (events < 1) throw new IllegalArgumentException("there must be some events");
        return new Wish(seed, events, isTraced);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("'" + text + "' is not a number", wrong);
        }
    }
}
