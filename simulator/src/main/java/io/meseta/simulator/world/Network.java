package io.meseta.simulator.world;

/// Carries requests, each on a connection of its own: they overtake each other, get lost, and come
/// twice when a middle box repeats them.
public final class Network {

    private static final int LOST_ONE_IN = 60;
    private static final int REPEATED_ONE_IN = 80;
    private static final int SLOW_ONE_IN = 40;
    private static final int BREAKS_ONE_IN = 400;
    private static final long LATENCY_MILLIS_MAX = 20;
    private static final long SLOW_MILLIS_MAX = 8_000;
    private static final long NOTICE_MILLIS_MAX = 75_000;

    private final Chance chance;
    private final Weather weather;

    public Network(Chance chance, Weather weather) {
        this.chance = chance;
        this.weather = weather;
    }

    /// @param arrival done by the receiver, never if the request is lost
    public void send(Node from, Node to, Runnable arrival) {
        if (from.isIsolated() || !from.isUp()) return;
        if (weather.isStormy() && chance.oneIn(LOST_ONE_IN)) return;
        deliver(from, to, arrival);
        if (weather.isStormy() && chance.oneIn(REPEATED_ONE_IN)) deliver(from, to, arrival);
    }

    private void deliver(Node from, Node to, Runnable arrival) {
        to.later(
                latencyMillis(),
                () -> {
                    if (!to.isIsolated() && !from.isIsolated()) arrival.run();
                });
    }

    long latencyMillis() {
        return weather.isStormy() && chance.oneIn(SLOW_ONE_IN)
                ? chance.between(0, SLOW_MILLIS_MAX)
                : chance.between(1, LATENCY_MILLIS_MAX);
    }

    boolean breaksNow() {
        return weather.isStormy() && chance.oneIn(BREAKS_ONE_IN);
    }

    /// How long it takes to notice that the other end is gone: at once if it could still say so,
    /// else after some heartbeats.
    long noticeMillis() {
        return chance.oneIn(4) ? chance.between(0, NOTICE_MILLIS_MAX) : latencyMillis();
    }
}
