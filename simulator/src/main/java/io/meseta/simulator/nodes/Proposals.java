package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.StatusReason;
import io.meseta.model.TaskId;
import io.meseta.simulator.world.Chance;

/// Tasks as frameworks propose them: most are right, some ask for too much or for the wrong place.
final class Proposals {

    private static final int WRONG_ONE_IN = 25;

    private Proposals() {}

    static Proposal drawn(Chance chance, TaskId id, Offer offer) {
        boolean isWrong = chance.oneIn(WRONG_ONE_IN);
        if (isWrong && chance.oneIn(3))
            return new Proposal.Malformed(
                    id, offer.agent(), StatusReason.REASON_TASK_INVALID, "Task is malformed");
        long cpus = chance.between(1, 8) * 250;
        long mem = chance.between(1, 16) * 64_000;
        if (isWrong && chance.oneIn(2)) cpus = 1_000_000;
        var resources =
                Resources.of(
                                new Resource(kind(chance, "cpus", offer), new Scalar(cpus)),
                                new Resource(kind(chance, "mem", offer), new Scalar(mem)))
                        .plus(volumes(chance, offer));
        var role = isWrong && chance.oneIn(2) ? new Role("nobody") : offer.grant().role();
        var agent = isWrong && chance.oneIn(2) ? new AgentId("nowhere") : offer.agent();
        var spec = new TaskSpec(id, id.value(), role, resources, Opaque.EMPTY);
        return new Proposal.Wellformed(spec, agent);
    }

    /// Reserved or not.
    private static ResourceKind kind(Chance chance, String name, Offer offer) {
        var kinds =
                offer.grant().resources().kinds().stream()
                        .filter(kind -> kind.name().equals(name))
                        .toList();
        return kinds.isEmpty() ? ResourceKind.plain(name) : chance.pick(kinds);
    }

    private static Resources volumes(Chance chance, Offer offer) {
        return offer.grant()
                .resources()
                .filter(each -> each.kind().isPersistentVolume() && chance.oneIn(2));
    }
}
