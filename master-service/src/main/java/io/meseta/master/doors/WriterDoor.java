package io.meseta.master.doors;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Decision;
import io.meseta.master.engine.ClusterWriter;
import io.meseta.master.engine.Lane;
import io.meseta.master.engine.Unanswered;
import java.io.IOException;
import java.util.Optional;

/// Puts commands to the writer on behalf of a request.
public final class WriterDoor {

    private WriterDoor() {}

    /// The writer's decision; empty if there is none, and then the exchange is answered: come back
    /// later.
    public static Optional<Decision> submit(
            Exchange exchange, ClusterWriter writer, Lane lane, Command command)
            throws IOException {
        try {
            return Optional.of(writer.submit(lane, command));
        } catch (Unanswered unanswered) {
            exchange.unavailable(String.valueOf(unanswered.getMessage()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            exchange.unavailable("This master is stopping");
        }
        return Optional.empty();
    }
}
