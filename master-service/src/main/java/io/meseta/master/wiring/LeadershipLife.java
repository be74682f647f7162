package io.meseta.master.wiring;

import io.meseta.master.leadership.LeaseLeadership;
import io.meseta.master.standby.Following;
import io.meseta.master.ticks.Ticks;
import org.springframework.context.SmartLifecycle;

/// Begins to lead once the server listens, and ends it before the server stops: a successor need
/// not wait for open streams to be over, and whoever is still connected here is told to go there.
final class LeadershipLife implements SmartLifecycle {

    /// Last to start, first to stop: the end of a thousand streams takes seconds, for which nobody
    /// would lead.
    static final int PHASE = DEFAULT_PHASE;

    private final LeaseLeadership leadership;
    private final Following following;
    private final Ticks ticks;
    private volatile boolean isRunning;

    LeadershipLife(LeaseLeadership leadership, Following following, Ticks ticks) {
        this.leadership = leadership;
        this.following = following;
        this.ticks = ticks;
    }

    @Override
    public void start() {
        isRunning = true;
        following.start();
        leadership.start();
        ticks.start();
    }

    @Override
    public void stop() {
        isRunning = false;
        ticks.close();
        leadership.close();
        following.close();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
