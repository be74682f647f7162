package io.meseta.master.links;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.engine.Lane;
import io.meseta.master.leadership.Leadership.Role;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Streams and links that have ended, of which the writer has yet to hear.
///
/// The inbox may be full when one ends. Then it is told again and again: a framework or an agent
/// that counts as connected and is not would keep its offers for ever. What belongs to a reign that
/// is over is forgotten: a new leader counts nobody as connected.
final class Losses {

    private final Supplier<Role> role;

    /// By the stream's id. Bounded, since the streams are.
    private final Map<Object, Loss> untold = new ConcurrentHashMap<>();

    private record Loss(Epoch epoch, Command command) {}

    Losses(Supplier<Role> role) {
        this.role = role;
    }

    void stream(Epoch epoch, Command.LoseStream loss) {
        tell(loss.stream(), new Loss(epoch, loss));
    }

    void link(Epoch epoch, Command.LoseLink loss) {
        tell(loss.link(), new Loss(epoch, loss));
    }

    private void tell(Object id, Loss loss) {
        untold.put(id, loss);
        if (isTold(loss)) untold.remove(id, loss);
    }

    void retry() {
        untold.forEach((id, loss) -> {
            if (isTold(loss)) untold.remove(id, loss);
        });
    }

    private boolean isTold(Loss loss) {
        return switch (role.get()) {
            case Role.Leading(var epoch, _, _, var writer) ->
                    !epoch.equals(loss.epoch()) || writer.post(Lane.HOUSEKEEPING, loss.command());
            case Role.Recovering _, Role.Following _, Role.Leaderless _ -> true;
        };
    }
}
