package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.status.StatusReason;
import io.meseta.simulator.world.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tasks as frameworks propose them: most are right, some ask for too much or for the wrong place.
final class Proposals {

    private static final int WRONG_ONE_IN = 25;
    private static final int GROUP_ONE_IN = 3;
    private static final int EXECUTORS = 3;
    private static final String OWN = "own-";

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
        var label =
                chance.oneIn(4)
                        ? Optional.of(new Priority((int) chance.between(-2, 2)))
                        : Optional.<Priority>empty();
        var spec =
                new TaskSpec(id, id.value(), role, resources, Opaque.EMPTY, new Home.Own(), label);
        return new Proposal.Wellformed(spec, agent);
    }

    /// Launches them each for itself or, if all are as they should be, now and then as a group or
    /// by an executor of the framework's own.
    static Operation together(Chance chance, List<Proposal> proposals) {
        var members = new ArrayList<Proposal.Wellformed>();
        for (var proposal : proposals)
            if (proposal instanceof Proposal.Wellformed member) members.add(member);
        boolean areWhole = members.size() == proposals.size() && !members.isEmpty();
        if (!areWhole || !chance.oneIn(2)) return new Operation.Launch(proposals);
        boolean isOwn = chance.oneIn(2);
        var id = new ExecutorId((isOwn ? OWN : "group-") + chance.below(EXECUTORS));
        var executor = new ExecutorSpec(id, own(), Opaque.EMPTY);
        boolean isGroup = !isOwn || chance.oneIn(GROUP_ONE_IN);
        var inside = members.stream().map(each -> in(executor, isGroup, each)).toList();
        return isGroup
                ? new Operation.LaunchGroup(executor, inside)
                : new Operation.Launch(List.copyOf(inside));
    }

    /// Whether an executor of that name is a process that the framework brings along.
    static boolean isOwn(ExecutorId executor) {
        return executor.value().startsWith(OWN);
    }

    private static Resources own() {
        return Resources.of(
                new Resource(ResourceKind.plain("cpus"), new Scalar(100)),
                new Resource(ResourceKind.plain("mem"), new Scalar(32_000)));
    }

    private static Proposal.Wellformed in(
            ExecutorSpec executor, boolean isGroup, Proposal.Wellformed member) {
        var spec = member.spec();
        var home = new Home.In(executor.id(), isGroup);
        var inside =
                new TaskSpec(
                        spec.id(),
                        spec.name(),
                        spec.role(),
                        spec.resources(),
                        spec.wire(),
                        home,
                        spec.priority());
        return isGroup
                ? new Proposal.Wellformed(inside, member.agent())
                : new Proposal.Wellformed(inside, member.agent(), "", Optional.of(executor));
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
