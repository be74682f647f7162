package io.meseta.master.core.gang;

import io.meseta.allocator.Holding;
import io.meseta.allocator.Round;
import io.meseta.master.core.gang.GangEvent.GangPaused;
import io.meseta.master.core.gang.GangEvent.GangResumed;
import io.meseta.master.core.gang.GangEvent.SetHeld;
import io.meseta.master.core.gang.GangEvent.SetReleased;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// When sets are held for a gang, and when they are let go.
///
/// Two gangs that wait for what the other one holds both let go in time, and wait for different
/// times, the longer, the more often they have failed: one of them comes first.
public final class Assembly {

    /// How long a gang waits that has failed for the first time; at most twice that, by chance.
    static final Duration PAUSE = Duration.ofSeconds(10);

    /// The wait is doubled so many times at most.
    private static final int DOUBLINGS_MAX = 4;

    private static final long CHANCES = 1_000;

    private Assembly() {}

    /// What time has ended, and what can't be offered any more.
    ///
    /// @param seed decides how long they wait
    public static List<GangEvent> over(Stock stock, Instant now, long seed) {
        if (stock.gangs().isEmpty()) return List.of();
        var events = new ArrayList<GangEvent>();
        for (var gathering : stock.gangs().all()) {
            var next = gathering.next();
            boolean isDue = next.isPresent() && !next.get().isAfter(now);
            if (isDue && gathering.pausedUntil().isPresent()) {
                events.add(new GangResumed(gathering.id()));
            } else if (isDue) {
                events.add(new GangPaused(gathering.id(), now.plus(pause(gathering, seed))));
            } else {
                fallen(stock, gathering, events);
            }
        }
        return events;
    }

    private static void fallen(Stock stock, Gathering gathering, List<GangEvent> events) {
        gathering
                .held()
                .forEach((number, grant) -> {
                    if (!Holding.stands(stock.pool(), grant))
                        events.add(new SetReleased(gathering.id(), number));
                });
    }

    /// What an allocation has given to gangs.
    public static List<GangEvent> held(Stock stock, List<Round.Hold> holds, Instant until) {
        var events = new ArrayList<GangEvent>();
        for (var hold : holds) {
            var grant = hold.grant();
            var id = new GangId(grant.framework(), grant.role(), hold.set().gang());
            if (stock.gangs().find(id).isPresent())
                events.add(new SetHeld(id, hold.set().number(), grant, until));
        }
        return events;
    }

    private static Duration pause(Gathering gathering, long seed) {
        var least = PAUSE.multipliedBy(1L << Math.min(gathering.failures(), DOUBLINGS_MAX));
        long drawn = Math.floorMod(mixed(seed + gathering.id().hashCode()), CHANCES);
        return least.plus(least.multipliedBy(drawn).dividedBy(CHANCES));
    }

    /// Spreads neighbours far apart.
    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
