package io.meseta.simulator.nodes;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.Opaque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The executors of its own that a framework has launched.
///
/// None is struck off when the framework hears that it has ended: another of its name may be there
/// by then, or on its way. To end one that has ended does no harm.
final class ExecutorNotes {

    private record Place(AgentId agent, ExecutorId executor) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byAgent = agent.compareTo(other.agent);
            return byAgent != 0 ? byAgent : executor.compareTo(other.executor);
        }
    }

    private final World world;
    private final SchedulerLink link;
    private final Set<Place> places = new TreeSet<>();

    ExecutorNotes(World world, SchedulerLink link) {
        this.world = world;
        this.link = link;
    }

    void clear() {
        places.clear();
    }

    void launched(Operation operation) {
        switch (operation) {
            case Operation.Launch(var proposals) -> {
                for (var proposal : proposals)
                    if (proposal instanceof Proposal.Wellformed(_, var agent, _, var executor))
                        executor.ifPresent(each -> launched(agent, each));
            }
            case Operation.LaunchGroup(var executor, var tasks) ->
                    tasks.forEach(task -> launched(task.agent(), executor));
            case Operation.Convert _, Operation.Invalid _ -> {}
        }
    }

    private void launched(AgentId agent, ExecutorSpec executor) {
        if (Proposals.isOwn(executor.id())) places.add(new Place(agent, executor.id()));
    }

    /// Nothing else ends them all.
    void shutDownAll() {
        for (var place : places) shutDown(place);
    }

    void shutDownOne() {
        drawn().ifPresent(this::shutDown);
    }

    void chat() {
        drawn().ifPresent(place ->
                link.call(
                        caller ->
                                new Command.SendMessage(
                                        caller,
                                        place.agent(),
                                        place.executor(),
                                        Opaque.of(new byte[] {2})),
                        () -> {}));
    }

    private Optional<Place> drawn() {
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(world.chance().pick(List.copyOf(places)));
    }

    private void shutDown(Place place) {
        link.call(
                caller -> new Command.ShutdownExecutor(caller, place.agent(), place.executor()),
                () -> {});
    }
}
