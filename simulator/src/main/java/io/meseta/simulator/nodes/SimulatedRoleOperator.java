package io.meseta.simulator.nodes;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.reign.FeatureLevel;
import io.meseta.model.Priority;
import io.meseta.model.Role;
import io.meseta.model.Weight;
import io.meseta.model.quota.Limits;
import io.meseta.model.quota.Quantities;
import io.meseta.model.quota.Quota;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.world.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Somebody who gives roles other weights and quotas every now and then, or raises the feature
/// level, and does not care whether the master takes them.
public final class SimulatedRoleOperator {

    private static final long PAUSE_MILLIS_MAX = 30_000;

    private final World world;
    private final Node node;
    private final List<SimulatedMaster> masters;

    public SimulatedRoleOperator(World world, List<SimulatedMaster> masters) {
        this.world = world;
        this.node = new Node("roles", world.agenda());
        this.masters = List.copyOf(masters);
        plan();
    }

    private void plan() {
        node.later(
                world.chance().between(1, PAUSE_MILLIS_MAX),
                () -> {
                    if (world.weather().isStormy()) wish();
                    plan();
                });
    }

    private void wish() {
        var master = world.chance().pick(masters);
        var command = drawn();
        world.trace().note(node.name(), "wants " + command + " of " + master.node().name());
        master.ask(command, _ -> {});
    }

    private Command drawn() {
        var chance = world.chance();
        var role = chance.pick(Temper.ROLES);
        boolean isForced = chance.oneIn(3);
        if (chance.oneIn(8)) return raise();
        return switch (chance.below(10)) {
            case 8, 9 -> new Command.ShareAs(role, chance.oneIn(4) ? Optional.empty() : sharing());
            case 0, 1 -> {
                var weight = new Weight(chance.between(1, 4));
                yield new Command.UpdateWeights(new TreeMap<>(Map.of(role, weight)));
            }
            case 2 -> new Command.RemoveQuota(role);
            case 3 -> new Command.SetQuota(role, guarantees(), isForced);
            // So that nothing stays forbidden for long.
            case 4, 5 -> new Command.UpdateQuotas(lifted(), true);
            default -> new Command.UpdateQuotas(new TreeMap<>(Map.of(role, quota())), isForced);
        };
    }

    /// Also to levels that are active already, or lower.
    private Command raise() {
        long newest = JournalPort.LEVELS.newest().number();
        return new Command.RaiseFeatureLevel(
                new FeatureLevel((int) world.chance().between(1, newest)));
    }

    private Optional<Sharing> sharing() {
        var chance = world.chance();
        var priority = new Priority((int) chance.between(-1, 2));
        return Optional.of(
                new Sharing(!chance.oneIn(4), priority, chance.oneIn(2), chance.oneIn(2)));
    }

    private static SortedMap<Role, Quota> lifted() {
        var lifted = new TreeMap<Role, Quota>();
        for (var role : Temper.ROLES) lifted.put(role, Quota.NONE);
        return lifted;
    }

    private Quota quota() {
        var guarantees = guarantees();
        var limits = new TreeMap<String, Long>();
        for (var name : List.of("cpus", "mem")) {
            if (world.chance().oneIn(2)) continue;
            long more = world.chance().between(0, 6) * (name.equals("mem") ? 512_000 : 1_000);
            limits.put(name, guarantees.amount(name) + more);
        }
        return new Quota(guarantees, new Limits(limits));
    }

    private Quantities guarantees() {
        if (world.chance().oneIn(3)) return Quantities.NONE;
        return Quantities.of(
                Map.of(
                        "cpus", world.chance().between(0, 8) * 1_000,
                        "mem", world.chance().between(0, 4) * 512_000));
    }
}
