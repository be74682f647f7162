package io.meseta.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.simulator.nodes.Workings;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final String SEED = "meseta.seed";
    private static final long EVENTS_PER_SEED = 50_000;

    @Test
    void keepsItsPromisesThroughAMillionEvents() {
        run(1, 1_000_000);
    }

    @Test
    @Tag("long")
    void keepsItsPromisesThroughTenMillionEvents() {
        run(1_000_001, 10_000_000);
    }

    @Test
    void doesTheSameAgainUnderTheSameSeed() {
        var first = new Simulation(7, Workings.HONEST).run(20_000);

        var second = new Simulation(7, Workings.HONEST).run(20_000);

        assertThat(second.hash()).isEqualTo(first.hash());
        assertThat(second.events()).isEqualTo(first.events());
    }

    @Test
    void doesSomethingElseUnderAnotherSeed() {
        var first = new Simulation(7, Workings.HONEST).run(2_000);

        var second = new Simulation(8, Workings.HONEST).run(2_000);

        assertThat(second.hash()).isNotEqualTo(first.hash());
    }

    /// One seed after another, until there were so many events; or only the seed that is asked for.
    private static void run(long firstSeed, long events) {
        Long asked = Long.getLong(SEED);
        if (asked != null) {
            check(new Simulation(asked, Workings.HONEST).run(events));
            return;
        }
        long begun = System.nanoTime();
        var done = new AtomicLong();
        var seeds = new AtomicLong(firstSeed);
        int workers = Runtime.getRuntime().availableProcessors();
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var runs = new ArrayList<Future<?>>();
            for (int i = 0; i < workers; i++)
                runs.add(
                        threads.submit(() -> {
                            while (done.get() < events)
                                done.addAndGet(run(seeds.getAndIncrement()));
                        }));
            for (var each : runs) ended(each, () -> done.set(events));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "simulated %d events under the seeds %d to %d in %.1f s (%.0f/s)%n",
                done.get(), firstSeed, seeds.get() - 1, seconds, done.get() / seconds);
    }

    private static long run(long seed) {
        var outcome = new Simulation(seed, Workings.HONEST).run(EVENTS_PER_SEED);
        check(outcome);
        return outcome.events();
    }

    /// @param stop ends the runs beside one that has failed
    private static void ended(Future<?> run, Runnable stop) {
        try {
            run.get();
        } catch (ExecutionException failed) {
            stop.run();
            if (failed.getCause() instanceof AssertionError broken) throw broken;
            throw new AssertionError(failed.getCause());
        } catch (InterruptedException interrupted) {
            stop.run();
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private static void check(Simulation.Outcome outcome) {
        outcome.failure()
                .ifPresent(failure -> {
                    failure.tail().forEach(System.out::println);
                    throw new AssertionError(
                            "broken with -D%s=%d after %d events: %s"
                                    .formatted(
                                            SEED,
                                            outcome.seed(),
                                            outcome.events(),
                                            failure.cause().getMessage()),
                            failure.cause());
                });
    }
}
