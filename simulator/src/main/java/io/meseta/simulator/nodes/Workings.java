package io.meseta.simulator.nodes;

import io.meseta.agent.core.machine.Machine;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Journal;
import io.meseta.master.engine.Snapshot;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.store.SharedLog;
import java.util.List;

/// The joints between the cores and their simulated shells. Honest as they stand; a test breaks one
/// of them and sees whether the simulator notices.
public interface Workings {

    Workings HONEST = new Workings() {};

    /// What a master writes to.
    default Journal journal(JournalPort port, SharedLog log) {
        return port;
    }

    /// What a master reads while it does not lead.
    default Journal followed(JournalPort port) {
        return port;
    }

    /// Whether a master's shell passes a command on to the core.
    default boolean passes(Command command) {
        return true;
    }

    /// What a master's shell makes of a command before the core hears it.
    default Command reads(Command command) {
        return command;
    }

    /// By what terms a master leads that was told to lead by these.
    default Terms terms(Terms told) {
        return told;
    }

    /// What a master has done, as those hear of it who watch.
    default Committed committed(Committed committed) {
        return committed;
    }

    /// What a master does once a batch is durable.
    default List<Effect> effects(Committed committed) {
        return committed.effects();
    }

    /// What a master saves as its state.
    default Snapshot snapshot(Snapshot snapshot) {
        return snapshot;
    }

    default io.meseta.agent.core.machine.Decision decides(
            Machine machine,
            io.meseta.agent.core.machine.Command command,
            io.meseta.agent.core.Moment moment) {
        return machine.decide(command, moment);
    }

    /// Whether an agent writes an event down before it acts.
    default boolean persists(io.meseta.agent.core.machine.Event event) {
        return event.isRecorded();
    }

    /// Whether an agent waits until what it writes down is on the disk.
    default boolean outlivesMachine(io.meseta.agent.core.machine.Event event) {
        return event.outlivesMachine();
    }
}
