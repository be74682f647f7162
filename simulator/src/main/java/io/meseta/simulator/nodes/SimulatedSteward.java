package io.meseta.simulator.nodes;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.cluster.Command;
import io.meseta.model.Role;
import io.meseta.simulator.world.Node;
import java.util.List;

/// Somebody who reserves resources and makes volumes while frameworks use them, as long as there is
/// a storm.
///
/// What is asked for is drawn from what the leader shows: much of it is offered or used by then, so
/// that some of it is taken back, and some refused.
public final class SimulatedSteward {

    private static final long PAUSE_MILLIS_MAX = 4_000;
    private static final List<Role> ROLES =
            List.of(new Role("dev"), new Role("ops"), new Role("ops/web"));

    private final World world;
    private final Node node;
    private final List<SimulatedMaster> masters;

    public SimulatedSteward(World world, String name, List<SimulatedMaster> masters) {
        this.world = world;
        this.node = new Node(name, world.agenda());
        this.masters = List.copyOf(masters);
        rest();
    }

    private void rest() {
        node.later(
                world.chance().between(1, PAUSE_MILLIS_MAX),
                () -> {
                    if (world.weather().isStormy()) act(world.chance().pick(masters));
                    rest();
                });
    }

    private void act(SimulatedMaster master) {
        var cluster = master.leads();
        if (cluster.isEmpty() || cluster.get().agents().isEmpty()) return;
        var agent = world.chance().pick(List.copyOf(cluster.get().agents().values()));
        var resources = agent.profile().resources().stream().toList();
        if (resources.isEmpty()) return;
        var role = world.chance().pick(ROLES);
        Wishes.ofOperator(world.chance(), world.chance().pick(resources), role)
                .ifPresent(spec -> ask(master, agent, new Command.Operate(agent.id(), spec)));
    }

    private void ask(SimulatedMaster master, Agent agent, Command command) {
        world.trace().note(node.name(), "wants something of " + agent.id());
        master.ask(command, answer -> world.trace().note(node.name(), "hears " + word(answer)));
    }

    private static String word(Answer answer) {
        return answer instanceof Answer.Decided(var decision)
                ? decision.getClass().getSimpleName()
                : answer.getClass().getSimpleName();
    }
}
