package io.meseta.simulator;

import static org.assertj.core.api.Assertions.fail;

import io.meseta.master.core.cluster.Event;
import io.meseta.master.core.cluster.effect.Effect;
import io.meseta.master.core.offer.OfferTerms;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.engine.Committed;
import io.meseta.master.engine.Entry;
import io.meseta.master.engine.Journal;
import io.meseta.simulator.nodes.Workings;
import io.meseta.simulator.store.JournalPort;
import io.meseta.simulator.store.SharedLog;
import io.meseta.simulator.world.BrokenPromise;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A bug that is planted on purpose, and that the simulator must find within some seeds.
abstract class PlantedBug {

    /// Most are found under the first seed; a bug that needs a rare constellation takes a few more.
    static final int SEEDS = 60;

    static final long EVENTS = 60_000;

    /// What else is in disorder once everything has had the time to come to its end.
    static final String NO_REST = "no rest after";

    /// What is recovered, followed or led by is not what was written.
    static final String OTHER_STATE = "is not what the journal makes of it";

    /// The bug must break this promise under one of the seeds, whatever else it breaks.
    ///
    /// @param promise what is said where it is broken
    static void finds(String promise, Workings broken) {
        var others = new TreeSet<String>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            var failure = new Simulation(seed, broken).run(EVENTS).failure();
            if (failure.isEmpty()) continue;
            var said = String.valueOf(failure.get().cause().getMessage());
            if (failure.get().cause() instanceof BrokenPromise && said.contains(promise)) return;
            others.add(said.lines().findFirst().orElse(""));
        }
        fail("within %d seeds nobody said '%s', but %s", SEEDS, promise, others);
    }

    /// A master that does not do some of what it should once a batch is durable.
    static Workings without(Predicate<Effect> left) {
        return acting(effects -> effects.stream().filter(left.negate()).toList());
    }

    /// A master that does something else once a batch is durable.
    static Workings acting(UnaryOperator<List<Effect>> act) {
        return new Workings() {
            @Override
            public List<Effect> effects(Committed committed) {
                return act.apply(committed.effects());
            }
        };
    }

    /// A master that makes offers by other terms than it was told.
    static Workings offering(UnaryOperator<OfferTerms> others) {
        return new Workings() {
            @Override
            public Terms terms(Terms told) {
                return told.offering(others.apply(told.offers()));
            }
        };
    }

    /// A master that writes down other events than happen.
    static Workings rewriting(UnaryOperator<Event> pen) {
        return new Workings() {
            @Override
            public Journal journal(JournalPort port, SharedLog log) {
                return new OpenedJournal(port) {
                    @Override
                    public void append(Entry entry) {
                        var events = entry.events().stream().map(pen).toList();
                        super.append(
                                new Entry(entry.sequence(), entry.epoch(), entry.at(), events));
                    }
                };
            }
        };
    }

    /// A master that reads other entries than there are while it does not lead.
    static Workings misreading(UnaryOperator<Journal> spectacles) {
        return new Workings() {
            @Override
            public Journal followed(JournalPort port) {
                return spectacles.apply(port);
            }
        };
    }

    /// An agent that writes down some events only.
    static Workings persisting(Predicate<io.meseta.agent.core.machine.Event> some) {
        return new Workings() {
            @Override
            public boolean persists(io.meseta.agent.core.machine.Event event) {
                return event.isRecorded() && some.test(event);
            }
        };
    }
}
