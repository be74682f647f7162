package io.meseta.agent.checkpoint;

import io.meseta.agent.checkpoint.v1.AgentCheckpoint;
import io.meseta.agent.core.machine.Drain;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Between what the agent believes of a drain and what it keeps.
final class DrainCodec {

    private DrainCodec() {}

    static AgentCheckpoint.Drain drain(Drain drain) {
        var checkpoint =
                AgentCheckpoint.Drain.newBuilder()
                        .setMarksGone(drain.marksGone())
                        .setSinceMs(drain.since().toEpochMilli());
        drain.graceMax().ifPresent(grace -> checkpoint.setGraceMaxMs(grace.toMillis()));
        return checkpoint.build();
    }

    static Optional<Drain> drain(AgentCheckpoint checkpoint) {
        if (!checkpoint.hasDrain()) return Optional.empty();
        var drain = checkpoint.getDrain();
        return Optional.of(
                new Drain(
                        drain.hasGraceMaxMs()
                                ? Optional.of(Duration.ofMillis(drain.getGraceMaxMs()))
                                : Optional.empty(),
                        drain.getMarksGone(),
                        Instant.ofEpochMilli(drain.getSinceMs())));
    }
}
