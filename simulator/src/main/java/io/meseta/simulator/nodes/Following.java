package io.meseta.simulator.nodes;

import io.meseta.master.engine.Journal;
import io.meseta.master.engine.JournalFault;
import io.meseta.master.engine.Snapshot;
import io.meseta.master.engine.Standby;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.world.Node;

/// What a master does while another leads: it folds the journal as it grows, now and then saves
/// what it has come to, and so takes over with little left to read.
final class Following {

    private static final long PERIOD_MILLIS_MAX = 1_000;
    private static final int CHECKED_ONE_IN = 20;
    private static final int SAVED_ONE_IN = 400;

    private final World world;
    private final Node node;
    private Standby standby;
    private long turns;

    Following(World world, Node node) {
        this.world = world;
        this.node = node;
        this.standby = fresh();
    }

    /// The process has started: nothing is known.
    void start() {
        standby = fresh();
        begin();
    }

    /// Another master leads, or nobody.
    void begin() {
        turn(++turns);
    }

    /// This master leads.
    void end() {
        turns++;
        standby.forget();
    }

    /// @param head of the journal whose epoch was just raised
    Standby.Recovered recover(Journal.Head head) {
        return standby.recover(head);
    }

    private void turn(long number) {
        node.later(
                world.chance().between(1, PERIOD_MILLIS_MAX),
                () -> {
                    if (number != turns) return;
                    follow();
                    turn(number);
                });
    }

    private void follow() {
        try {
            if (standby.follow() == 0) return;
        } catch (JournalFault fault) {
            world.trace().note(node.name(), "can't follow: " + fault.getMessage());
            return;
        }
        standby.view()
                .ifPresent(view -> {
                    if (world.chance().oneIn(CHECKED_ONE_IN))
                        world.ledger().followed(view.cluster(), view.sequence());
                    if (!world.chance().oneIn(SAVED_ONE_IN)) return;
                    var snapshot = new Snapshot(view.sequence(), node.wall(), view.cluster());
                    world.store().log().save(world.workings().snapshot(snapshot));
                    world.trace().note(node.name(), "saves, following, entry " + view.sequence());
                });
    }

    private Standby fresh() {
        var port =
                new JournalPort(
                        world.store().log(), node, world.chance(), world.weather(), world.trace());
        return new Standby(world.workings().followed(port));
    }
}
