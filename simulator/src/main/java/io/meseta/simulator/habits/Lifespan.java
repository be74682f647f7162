package io.meseta.simulator.habits;

import io.meseta.simulator.world.Chance;
import java.util.OptionalLong;

/// How long what runs on an agent goes on by itself.
public interface Lifespan {

    /// Up to a minute, and one in a dozen for ever.
    Lifespan UNEVEN =
            chance ->
                    chance.oneIn(12)
                            ? OptionalLong.empty()
                            : OptionalLong.of(chance.between(1, 60_000));

    /// Until somebody ends it.
    Lifespan ENDLESS = _ -> OptionalLong.empty();

    /// Drawn for each process; empty for one that does not end by itself.
    OptionalLong millis(Chance chance);
}
