package io.meseta.master.core.cluster.effect;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.effect.Effect.Dismiss;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.TellAgent;
import io.meseta.master.core.cluster.effect.Effect.Then;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.offer.OfferEvent.Ending;
import io.meseta.master.core.upkeep.Drain;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What follows from what operators do to machines.
final class UpkeepEffects {

    private UpkeepEffects() {}

    static List<Effect> of(Cluster before, UpkeepEvent event, Cluster after) {
        return switch (event) {
            case UpkeepEvent.DrainBegun(var id, var drain) ->
                    drained(after, id, Optional.of(drain));
            case UpkeepEvent.AgentReactivated(var id, _) ->
                    before.upkeep().drain(id).isPresent()
                            ? drained(after, id, Optional.empty())
                            : List.of();
            case UpkeepEvent.AgentGone(var id, _) ->
                    left(before, id, after, Then.STAY_AWAY, "an operator has marked it gone");
            case UpkeepEvent.AgentRemoved(var id, var cause, _) ->
                    left(
                            before,
                            id,
                            after,
                            Then.END_TASKS,
                            switch (cause) {
                                case MACHINE_DOWN -> "its machine is under maintenance";
                                case UNHEARD_OF -> "it has been unreachable for too long";
                            });
            case UpkeepEvent.InverseOfferMade(var offer) ->
                    Effects.tell(after, offer.spot().framework(), new News.Asked(List.of(offer)))
                            .stream()
                            .toList();
            case UpkeepEvent.InverseOfferEnded(var offer, var ending) ->
                    ending == Ending.RESCINDED
                            ? Effects.tell(
                                            after,
                                            offer.spot().framework(),
                                            new News.Unasked(offer.id()))
                                    .stream()
                                    .toList()
                            : List.of();
            case UpkeepEvent.AgentDeactivated _,
                    UpkeepEvent.DrainEnded _,
                    UpkeepEvent.GoneElapsed _,
                    UpkeepEvent.ScheduleSet _,
                    UpkeepEvent.MachinesTakenDown _,
                    UpkeepEvent.MachinesBroughtUp _,
                    UpkeepEvent.InverseOfferAnswered _,
                    UpkeepEvent.InverseOffersLooked _,
                    UpkeepEvent.LossPaced _,
                    UpkeepEvent.LeaversFound _ ->
                    List.of();
        };
    }

    /// One that is not linked now is told with its welcome.
    private static List<Effect> drained(Cluster after, AgentId id, Optional<Drain> drain) {
        return after.agent(id)
                .filter(agent ->
                        agent.profile().capabilities().contains(AgentCapability.AGENT_DRAINING))
                .flatMap(Agent::link)
                .<List<Effect>>map(
                        link -> List.of(new TellAgent(id, link, new Word.Drained(drain))))
                .orElse(List.of());
    }

    private static List<Effect> left(
            Cluster before, AgentId id, Cluster after, Then then, String reason) {
        var effects = new ArrayList<Effect>();
        var agent = before.agent(id);
        agent.flatMap(Agent::link)
                .ifPresent(link -> effects.add(new Dismiss(id, link, then, reason)));
        // One that was unreachable was told of when it was lost.
        if (agent.filter(each -> !each.isUnreachable()).isPresent())
            for (var framework : after.frameworks().keySet())
                Effects.tell(after, framework, new News.AgentFailed(id)).ifPresent(effects::add);
        return effects;
    }
}
