package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.framework.StreamId;
import io.meseta.model.FrameworkId;
import java.util.Optional;

/// What comes down a framework's stream.
sealed interface ToFramework {

    record Heard(FrameworkId framework, StreamId stream, Effect.News news) implements ToFramework {}

    /// The last message.
    record Over(Optional<String> error) implements ToFramework {}
}
