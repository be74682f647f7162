/// The world that the simulated cluster lives in: time, chance, machines that stop, and a network
/// that loses, delays and repeats.
///
/// Start at [Agenda]. Nothing here knows masters, agents or frameworks, and nothing here reads a
/// clock or draws a random number that the seed does not decide.
@NullMarked
package io.meseta.simulator.world;

import org.jspecify.annotations.NullMarked;
