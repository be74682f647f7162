package io.meseta.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.simulator.nodes.Workings;

/// A bug that is planted on purpose, and that the simulator must find within some seeds.
abstract class PlantedBug {

    /// Most are found under the first seed; a bug that needs a rare constellation takes a few more.
    static final int SEEDS = 60;

    static final long EVENTS = 60_000;

    static void finds(Workings broken) {
        for (long seed = 1; seed <= SEEDS; seed++)
            if (new Simulation(seed, broken).run(EVENTS).failure().isPresent()) return;
        assertThat(false).as("the simulator noticed within %d seeds", SEEDS).isTrue();
    }
}
