package io.meseta.simulator.nodes;

import io.meseta.simulator.ledger.Diligence;
import io.meseta.simulator.ledger.Ledger;
import io.meseta.simulator.store.Lease;
import io.meseta.simulator.store.SharedLog;
import io.meseta.simulator.world.Agenda;
import io.meseta.simulator.world.Chance;
import io.meseta.simulator.world.Network;
import io.meseta.simulator.world.Trace;
import io.meseta.simulator.world.Weather;

/// Everything that the nodes of one simulation share.
public record World(
        Agenda agenda,
        Chance chance,
        Weather weather,
        Trace trace,
        Network network,
        Store store,
        Workings workings) {

    /// The database, and who watches it.
    public record Store(SharedLog log, Lease lease, Ledger ledger) {}

    public static World of(long seed, Workings workings) {
        return of(seed, workings, Diligence.OF_FEW);
    }

    public static World of(long seed, Workings workings, Diligence diligence) {
        var agenda = new Agenda();
        var chance = new Chance(seed);
        var weather = new Weather();
        var log = new SharedLog();
        return new World(
                agenda,
                chance,
                weather,
                new Trace(agenda),
                new Network(chance, weather),
                new Store(log, new Lease(), new Ledger(log, diligence)),
                workings);
    }

    Ledger ledger() {
        return store.ledger();
    }

    /// Something that happens once in so many times, in a storm.
    boolean mishap(int oneIn) {
        return weather.isStormy() && chance.oneIn(oneIn);
    }
}
