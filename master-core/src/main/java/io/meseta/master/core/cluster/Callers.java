package io.meseta.master.core.cluster;

import io.meseta.master.core.cluster.Command.Caller;
import io.meseta.master.core.cluster.Refusal.NotSubscribed;
import io.meseta.master.core.cluster.Refusal.PrincipalDiffers;
import io.meseta.master.core.cluster.Refusal.StreamIdDiffers;
import io.meseta.master.core.cluster.Refusal.StreamIdMissing;
import io.meseta.master.core.cluster.Refusal.UnknownFramework;
import java.util.Optional;

/// Whether a call comes from the framework that it names, checked in the order in which Mesos does.
final class Callers {

    private Callers() {}

    static Optional<Refusal> check(Cluster cluster, Caller caller) {
        var id = caller.framework();
        var found = cluster.framework(id);
        if (found.isEmpty()) return Optional.of(new UnknownFramework(id));
        var framework = found.get();
        var owner = framework.profile().identity().principal();
        // Without authentication nobody has a principal, and nothing can differ.
        if (caller.principal().isPresent() && !caller.principal().equals(owner))
            return Optional.of(new PrincipalDiffers(id));
        var current = framework.stream();
        if (current.isEmpty()) return Optional.of(new NotSubscribed(id));
        if (caller.stream().isEmpty()) return Optional.of(new StreamIdMissing(id));
        var given = caller.stream().get();
        return given.equals(current.get())
                ? Optional.empty()
                : Optional.of(new StreamIdDiffers(id, given, current.get()));
    }
}
