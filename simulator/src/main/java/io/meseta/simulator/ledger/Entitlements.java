package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.allocator.Grant;
import io.meseta.allocator.constraint.AttributeConstraint.Condition;
import io.meseta.allocator.constraint.OfferConstraints;
import io.meseta.allocator.want.Want;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkEvent;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.OfferEvent;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may be offered what in one reign, kept by other means than the allocator's.
final class Entitlements {

    private final Map<FrameworkId, Set<Role>> suppressed = new HashMap<>();
    private final Map<Seat, List<Refusal>> refusals = new HashMap<>();

    private final Map<FrameworkId, OfferConstraints> constraints = new HashMap<>();

    /// What frameworks have said they need.
    private final Map<FrameworkId, List<Want>> wants = new HashMap<>();

    private record Seat(FrameworkId framework, Role role, AgentId agent) {}

    private record Refusal(Grant grant, Instant until) {}

    void after(Event event, Cluster cluster) {
        switch (event) {
            case Event.OfFramework(var each) -> after(each);
            case Event.OfAgent(AgentEvent.AgentLost(var agent, _)) ->
                    refusals.keySet().removeIf(seat -> seat.agent().equals(agent));
            case Event.OfOffer(OfferEvent.OfferMade(var offer)) -> check(offer, cluster);
            case Event.OfOffer(OfferEvent.ResourcesRefused(var grant, var until)) ->
                    refusals.computeIfAbsent(seat(grant), _ -> new ArrayList<>())
                            .add(new Refusal(grant, until));
            case Event.OfCluster _,
                    Event.OfAgent _,
                    Event.OfTask _,
                    Event.OfExecutor _,
                    Event.OfOperation _,
                    Event.OfRole _,
                    Event.OfUpkeep _,
                    Event.OfOffer _ -> {}
        }
    }

    private void after(FrameworkEvent event) {
        var id = event.framework();
        switch (event) {
            case FrameworkEvent.FrameworkConnected(_, _, var wishes, _) -> {
                forget(id);
                suppressed.put(id, new HashSet<>(wishes.suppressed()));
                constraints.put(id, wishes.constraints());
            }
            case FrameworkEvent.FrameworkDisconnected _, FrameworkEvent.FrameworkRemoved _ ->
                    forget(id);
            case FrameworkEvent.RolesSuppressed(_, var roles) -> {
                suppressed.computeIfAbsent(id, _ -> new HashSet<>()).addAll(roles);
                wants.computeIfPresent(
                        id,
                        (_, some) ->
                                some.stream()
                                        .filter(want -> !roles.contains(want.role()))
                                        .toList());
            }
            case FrameworkEvent.ResourcesRequested(_, var alone, var gangs) -> {
                var needed = new ArrayList<>(alone);
                for (var gang : gangs) needed.addAll(gang.sets());
                wants.put(id, needed);
                for (var want : needed)
                    refusals.keySet()
                            .removeIf(seat ->
                                    seat.framework().equals(id) && seat.role().equals(want.role()));
            }
            case FrameworkEvent.RolesRevived(_, var roles) -> {
                suppressed.computeIfAbsent(id, _ -> new HashSet<>()).removeAll(roles);
                refusals.keySet()
                        .removeIf(
                                seat -> seat.framework().equals(id) && roles.contains(seat.role()));
            }
            case FrameworkEvent.FrameworkUpdated(_, var profile, _) -> {
                suppressed.computeIfAbsent(id, _ -> new HashSet<>()).retainAll(profile.roles());
                // Who comes back to a role has refused nothing in it.
                refusals.keySet()
                        .removeIf(seat ->
                                seat.framework().equals(id)
                                        && !profile.roles().contains(seat.role()));
            }
            case FrameworkEvent.WishesChanged(_, var wishes) -> {
                var before = suppressed.put(id, new HashSet<>(wishes.suppressed()));
                constraints.put(id, wishes.constraints());
                if (before == null) return;
                before.removeAll(wishes.suppressed());
                refusals.keySet()
                        .removeIf(seat ->
                                seat.framework().equals(id) && before.contains(seat.role()));
            }
            case FrameworkEvent.FrameworkRegistered _, FrameworkEvent.FrameworkResubscribed _ -> {}
        }
    }

    private void check(Offer offer, Cluster cluster) {
        var grant = offer.grant();
        var framework = cluster.framework(grant.framework());
        unless(
                framework.isPresent() && framework.get().isConnected(),
                offer + " goes to a framework that does not listen");
        unless(
                framework.get().profile().roles().contains(grant.role()),
                offer + " is for a role that the framework does not have");
        unless(
                !suppressed.getOrDefault(grant.framework(), Set.of()).contains(grant.role())
                        || isNeeded(grant),
                offer + " is for a role that the framework has suppressed");
        unless(
                cluster.agent(grant.agent()).filter(agent -> agent.isLinked()).isPresent(),
                offer + " is of an agent that nobody can speak to");
        unless(
                isOnAWantedRack(grant, cluster.agent(grant.agent()).orElseThrow()),
                offer + " is of an agent that the framework does not want");
        unless(
                isWorthIt(grant, framework.get()),
                offer + " is less than the framework takes in the role");
        for (var kind : grant.resources().kinds())
            unless(
                    kind.isAllocatableTo(grant.role()),
                    offer + " holds " + kind + ", which is reserved for others");
        var seat = seat(grant);
        var known = refusals.get(seat);
        if (known == null) return;
        known.removeIf(refusal -> !refusal.until().isAfter(offer.madeAt()));
        for (var refusal : known)
            unless(
                    !refusal.grant().resources().contains(grant.resources()),
                    offer + " was refused until " + refusal.until());
    }

    /// Whether it is enough for something that the framework has said it needs: CPUs alone.
    private boolean isNeeded(Grant grant) {
        return wants.getOrDefault(grant.framework(), List.of()).stream()
                .filter(want -> want.role().equals(grant.role()))
                .anyMatch(want -> grant.resources().scalar("cpus") >= want.needed().scalar("cpus"));
    }

    /// The only constraints that these frameworks have: a rack for a role.
    private boolean isOnAWantedRack(Grant grant, Agent agent) {
        var wanted = constraints.get(grant.framework());
        var groups = wanted == null ? null : wanted.groups().get(grant.role());
        if (groups == null) return true;
        var condition = groups.getFirst().constraints().getFirst().condition();
        var rack = agent.profile().site().attributes().getOrDefault("rack", Optional.empty());
        return rack.map(Condition.TextEquals::new).filter(condition::equals).isPresent();
    }

    /// The only minimum that these frameworks have: some CPUs.
    private static boolean isWorthIt(Grant grant, Framework framework) {
        var least = framework.profile().minAllocatable().get(grant.role());
        if (least == null) return true;
        var cpus = least.alternatives().getFirst().getOrDefault("cpus", 0L);
        return grant.resources().scalar("cpus") >= cpus;
    }

    private void forget(FrameworkId id) {
        constraints.remove(id);
        wants.remove(id);
        suppressed.remove(id);
        refusals.keySet().removeIf(seat -> seat.framework().equals(id));
    }

    private static Seat seat(Grant grant) {
        return new Seat(grant.framework(), grant.role(), grant.agent());
    }
}
