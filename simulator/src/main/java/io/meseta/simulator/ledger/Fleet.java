package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.agent.AgentEvent;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.task.TaskEvent;
import io.meseta.master.core.upkeep.UpkeepEvent;
import io.meseta.master.engine.Committed;
import io.meseta.model.AgentId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What operators have said of agents, and whether it is kept.
final class Fleet {

    private final Set<AgentId> gone = new TreeSet<>();

    /// @return the agents that something was said of
    Set<AgentId> committed(Committed batch) {
        var touched = new TreeSet<AgentId>();
        var deactivated = new TreeSet<>(batch.before().upkeep().deactivations().keySet());
        for (var event : batch.events()) {
            switch (event) {
                case Event.OfUpkeep(var each) -> after(each, deactivated, touched, batch);
                case Event.OfTask(TaskEvent.TaskLaunched(var key, _, var placement)) ->
                        unless(
                                !deactivated.contains(placement.agent()),
                                placement.agent() + " is deactivated, and gets " + key);
                case Event.OfCluster _,
                        Event.OfFramework _,
                        Event.OfAgent _,
                        Event.OfTask _,
                        Event.OfOperation _,
                        Event.OfRole _,
                        Event.OfExecutor _,
                        Event.OfOffer _ -> {}
            }
        }
        return touched;
    }

    private static void after(
            UpkeepEvent event, Set<AgentId> deactivated, Set<AgentId> touched, Committed batch) {
        switch (event) {
            case UpkeepEvent.AgentDeactivated(var agent, _) -> {
                deactivated.add(agent);
                touched.add(agent);
            }
            case UpkeepEvent.DrainBegun(var agent, _) -> {
                deactivated.add(agent);
                touched.add(agent);
            }
            case UpkeepEvent.AgentReactivated(var agent, _) -> {
                deactivated.remove(agent);
                touched.add(agent);
            }
            case UpkeepEvent.DrainEnded(var agent, _) -> {
                unless(
                        batch.after().tasks().on(agent).findAny().isEmpty(),
                        agent + " is drained, and has tasks");
                unless(
                        batch.after().tasks().executors().on(agent).findAny().isEmpty(),
                        agent + " is drained, and has executors");
            }
            case UpkeepEvent.AgentGone(var agent, _) -> deactivated.remove(agent);
            case UpkeepEvent.AgentRemoved(var agent, _, _) -> deactivated.remove(agent);
            case UpkeepEvent.GoneElapsed _,
                    UpkeepEvent.ScheduleSet _,
                    UpkeepEvent.MachinesTakenDown _,
                    UpkeepEvent.MachinesBroughtUp _,
                    UpkeepEvent.InverseOfferMade _,
                    UpkeepEvent.InverseOfferEnded _,
                    UpkeepEvent.InverseOfferAnswered _,
                    UpkeepEvent.InverseOffersLooked _,
                    UpkeepEvent.LeaversFound _,
                    UpkeepEvent.LossPaced _ -> {}
        }
    }

    /// A batch has been written down: who is gone stays gone.
    void written(List<Event> events) {
        for (var event : events) {
            switch (event) {
                case Event.OfUpkeep(UpkeepEvent.AgentGone(var agent, _)) -> gone.add(agent);
                case Event.OfAgent(AgentEvent.AgentAdmitted(var agent, _, _, _)) ->
                        unless(!gone.contains(agent), agent + " is gone, and is admitted");
                case Event.OfAgent(AgentEvent.AgentReturned(var agent, _, _, _)) ->
                        unless(!gone.contains(agent), agent + " is gone, and comes back");
                case Event.OfTask(TaskEvent.TaskLaunched(var key, _, var placement)) ->
                        unless(
                                !gone.contains(placement.agent()),
                                placement.agent() + " is gone, and gets " + key);
                case Event.OfUpkeep _,
                        Event.OfCluster _,
                        Event.OfFramework _,
                        Event.OfAgent _,
                        Event.OfTask _,
                        Event.OfOperation _,
                        Event.OfRole _,
                        Event.OfExecutor _,
                        Event.OfOffer _ -> {}
            }
        }
    }
}
