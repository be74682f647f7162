package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Whether a leader notices that somebody does not listen any more, looked at with each of its
/// ticks.
public final class Attention {

    /// Ticks are a second apart, and it notices within 75 of them; then it has to write it down.
    static final int TICKS_MAX = 180;

    /// For how many ticks each has been deaf.
    private final Map<String, Integer> deaf = new TreeMap<>();

    /// @param now whose connections are broken, of those that the leader believes to listen; each
    ///   named with its connection
    public void ticked(Set<String> now) {
        deaf.keySet().retainAll(now);
        for (var each : now) deaf.merge(each, 1, Integer::sum);
        deaf.forEach((who, ticks) ->
                unless(ticks < TICKS_MAX, who + " is believed to listen, and has long been gone"));
    }
}
