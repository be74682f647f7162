package io.meseta.master.resources;

import io.meseta.master.wire.Unacceptable;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import java.util.List;

/// A reservation that takes the place of another in one step.
final class Updating {

    private Updating() {}

    /// @param source as the resources are reserved now
    /// @param target as they shall be
    static void check(List<Resource> source, List<Resource> target) throws Unacceptable {
        checkAlike(source, "Invalid source: ");
        checkAlike(target, "Invalid resources: ");
        var before = unreserved(source);
        var after = unreserved(target);
        if (!before.equals(after))
            throw new Unacceptable(
                    "Source and target resources should refer to identical resource quantities: "
                            + before
                            + " vs. "
                            + after);
        for (var each : source)
            if (each.kind().isPersistentVolume())
                throw new Unacceptable(
                        "A persistent volume " + each + " can't be reserved in another way");
    }

    private static void checkAlike(List<Resource> all, String words) throws Unacceptable {
        if (all.isEmpty()) throw new Unacceptable(words + "Resource cannot be empty");
        var stack = all.getFirst().kind().reservations();
        if (all.stream().anyMatch(each -> !each.kind().reservations().equals(stack)))
            throw new Unacceptable(
                    words + "Mixed reservations are not supported" + ResourceChecks.sum(all));
    }

    private static Resources unreserved(List<Resource> all) throws Unacceptable {
        return ResourceChecks.sum(all.stream().map(Updating::unreserved).toList());
    }

    private static Resource unreserved(Resource resource) {
        var kind = resource.kind();
        return new Resource(
                new ResourceKind(
                        kind.name(),
                        List.of(),
                        kind.disk(),
                        kind.revocable(),
                        kind.shared(),
                        kind.provider()),
                resource.amount());
    }
}
