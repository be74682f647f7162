package io.meseta.master.core.upkeep;

import java.time.Instant;
import java.util.Optional;

/// That an agent is offered to nobody.
///
/// @param drain empty for one that keeps its tasks
public record Deactivation(Instant since, Optional<Drain> drain) {

    public boolean isDraining() {
        return drain.filter(each -> !each.isDone()).isPresent();
    }
}
