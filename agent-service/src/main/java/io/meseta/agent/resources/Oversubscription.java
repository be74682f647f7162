package io.meseta.agent.resources;

import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import java.util.List;
import java.util.Optional;

/// Mesos' fixed estimator: so much of the machine is given away twice, the second time to tasks
/// that take what may be taken back.
public final class Oversubscription {

    private Oversubscription() {}

    /// Reads `cpus:2;mem:512`; empty for nothing.
    ///
    /// @throws IllegalArgumentException with a reason that quotes the faulty part
    public static Resources parse(String text) {
        return Resources.of(
                Resources.parse(text).stream()
                        .map(each -> new Resource(revocable(each.kind()), each.amount()))
                        .toList());
    }

    private static ResourceKind revocable(ResourceKind kind) {
        if (kind.isReserved())
            throw new IllegalArgumentException(kind + ": nobody has a claim to what is revocable");
        return new ResourceKind(
                kind.name(), List.of(), Optional.empty(), true, false, Optional.empty());
    }
}
