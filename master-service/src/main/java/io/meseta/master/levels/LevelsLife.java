package io.meseta.master.levels;

import org.springframework.context.SmartLifecycle;

/// Calls the roll from when the server listens until it stops.
final class LevelsLife implements SmartLifecycle {

    /// After the server has begun to listen and before anybody leads; so it ends after the reign,
    /// whose successor must not wait for this.
    private static final int PHASE = DEFAULT_PHASE - 1;

    private final RollCall call;
    private final boolean hasDatabase;
    private volatile boolean isRunning;

    /// @param hasDatabase without one there is nobody to call
    LevelsLife(RollCall call, boolean hasDatabase) {
        this.call = call;
        this.hasDatabase = hasDatabase;
    }

    @Override
    public void start() {
        isRunning = true;
        if (hasDatabase) call.start();
    }

    @Override
    public void stop() {
        isRunning = false;
        if (hasDatabase) call.close();
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
