package io.meseta.master.core.upkeep;

import io.meseta.model.AgentId;
import java.time.Instant;
import java.util.Optional;
import org.pcollections.PSortedMap;
import org.pcollections.PSortedSet;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/// What operators want of the cluster's machines.
///
/// @param draining those that are not yet empty: what is looked at after each batch
/// @param nextLoss before then no agent is given up, where that is limited; the leader's memory
public record Upkeep(
        PSortedMap<AgentId, Deactivation> deactivations,
        PSortedSet<AgentId> draining,
        Departed gone,
        Maintenance maintenance,
        InverseOffers inverse,
        Instant nextLoss) {

    public static final Upkeep NONE = of(TreePMap.empty(), Departed.NOBODY, Maintenance.NONE);

    /// The facts that outlive a leader's memory, and nothing else.
    public static Upkeep of(
            PSortedMap<AgentId, Deactivation> deactivations,
            Departed gone,
            Maintenance maintenance) {
        PSortedSet<AgentId> draining = TreePSet.empty();
        for (var each : deactivations.entrySet())
            if (each.getValue().isDraining()) draining = draining.plus(each.getKey());
        return new Upkeep(
                deactivations, draining, gone, maintenance, InverseOffers.NONE, Instant.EPOCH);
    }

    public Upkeep durable() {
        return of(deactivations, gone, maintenance.durable());
    }

    public boolean isDeactivated(AgentId agent) {
        return deactivations.containsKey(agent);
    }

    public Optional<Drain> drain(AgentId agent) {
        return Optional.ofNullable(deactivations.get(agent)).flatMap(Deactivation::drain);
    }

    public boolean isDraining(AgentId agent) {
        return draining.contains(agent);
    }

    /// The upkeep once `event` has happened.
    public Upkeep after(UpkeepEvent event) {
        return switch (event) {
            case UpkeepEvent.AgentDeactivated(var agent, var at) ->
                    deactivations.containsKey(agent)
                            ? this
                            : with(agent, new Deactivation(at, Optional.empty()));
            case UpkeepEvent.AgentReactivated(var agent, _) -> without(agent);
            case UpkeepEvent.DrainBegun(var agent, var drain) ->
                    with(agent, new Deactivation(since(agent, drain), Optional.of(drain)));
            case UpkeepEvent.DrainEnded(var agent, _) ->
                    drain(agent)
                            .map(drain ->
                                    with(
                                            agent,
                                            new Deactivation(
                                                    since(agent, drain),
                                                    Optional.of(drain.done()))))
                            .orElse(this);
            case UpkeepEvent.AgentGone(var agent, var at) ->
                    without(agent).with(gone.with(agent, at));
            case UpkeepEvent.AgentRemoved(var agent, _, _) -> without(agent);
            case UpkeepEvent.GoneElapsed(var at) -> with(gone.elapsed(at));
            case UpkeepEvent.ScheduleSet(var windows, _) ->
                    with(maintenance.scheduled(windows)).with(inverse.afresh());
            case UpkeepEvent.MachinesTakenDown(var machines, _) ->
                    with(maintenance.takenDown(machines));
            case UpkeepEvent.MachinesBroughtUp(var machines, _) ->
                    with(maintenance.broughtUp(machines));
            case UpkeepEvent.InverseOfferMade(var offer) -> with(inverse.with(offer));
            case UpkeepEvent.InverseOfferEnded(var offer, _) -> with(inverse.without(offer));
            case UpkeepEvent.InverseOfferAnswered(var offer, var answer) ->
                    with(inverse.answered(offer, answer));
            case UpkeepEvent.InverseOffersLooked(var next) -> with(inverse.looked(next));
            case UpkeepEvent.LeaversFound _ -> this;
            case UpkeepEvent.LossPaced(var next) ->
                    new Upkeep(deactivations, draining, gone, maintenance, inverse, next);
        };
    }

    private Instant since(AgentId agent, Drain otherwise) {
        var before = deactivations.get(agent);
        return before == null ? otherwise.since() : before.since();
    }

    private Upkeep with(AgentId agent, Deactivation next) {
        return new Upkeep(
                deactivations.plus(agent, next),
                next.isDraining() ? draining.plus(agent) : draining.minus(agent),
                gone,
                maintenance,
                inverse,
                nextLoss);
    }

    private Upkeep without(AgentId agent) {
        return new Upkeep(
                deactivations.minus(agent),
                draining.minus(agent),
                gone,
                maintenance,
                inverse,
                nextLoss);
    }

    private Upkeep with(Departed next) {
        return new Upkeep(deactivations, draining, next, maintenance, inverse, nextLoss);
    }

    private Upkeep with(Maintenance next) {
        return new Upkeep(deactivations, draining, gone, next, inverse, nextLoss);
    }

    private Upkeep with(InverseOffers next) {
        return new Upkeep(deactivations, draining, gone, maintenance, next, nextLoss);
    }
}
