package io.meseta.agent.launch;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// What was started on this machine, by whichever runtime: watched, found again after a restart of
/// the agent, ended. How something is started is each runtime's own.
public interface Runs {

    /// How the run stands now.
    RunState state(UUID container) throws InterruptedException;

    /// Waits until the run has ended, one way or the other, and nothing of it is left.
    RunState await(UUID container) throws InterruptedException;

    /// Makes sure that this run will never start; false when it has.
    boolean callOff(UUID container);

    /// Asks the run to end.
    void terminate(UUID container);

    /// Ends everything of the run; whether nothing is left that could go on.
    boolean destroy(UUID container) throws InterruptedException;

    /// Ends what should have ended by itself once nothing of the run was left, and does not.
    void dismiss(UUID container, Duration patience) throws InterruptedException;

    /// The pid of the first process, or 0 when it has none.
    long commandPid(UUID container);

    /// Forgets a run that has ended, and all that was kept for it.
    void forget(UUID container);

    /// The runs of which there is a trace.
    List<UUID> known();
}
