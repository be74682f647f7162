package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;
import io.meseta.runtime.state.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What was started on this machine, by whichever runtime: watched, found again after a restart of
/// the agent, ended. How something is started is each runtime's own.
public interface Runs {

    /// How the run stands now.
    RunState state(UUID container) throws InterruptedException;

    /// Waits until the run has ended, one way or the other, and nothing of it is left.
    RunState await(UUID container) throws InterruptedException;

    /// Whether it has ended and nothing of it is left, as far as that is written down.
    boolean isOver(UUID container);

    /// Makes sure that this run will never start; false when it has.
    ///
    /// @param why what its end will say
    boolean callOff(UUID container, String why);

    /// Asks the run to end.
    void terminate(UUID container);

    /// Ends everything of the run; whether nothing is left that could go on.
    boolean destroy(UUID container) throws InterruptedException;

    /// Ends a run that takes more than it may; its end will say so.
    void limit(UUID container, Exit.Limited how) throws InterruptedException;

    /// Ends what should have ended by itself once nothing of the run was left, and does not.
    void dismiss(UUID container, Duration patience) throws InterruptedException;

    /// The pid of the first process, or 0 when it has none.
    long commandPid(UUID container);

    /// Forgets a run that has ended, and all that was kept for it.
    void forget(UUID container);

    /// What it has used up to now; empty when that can't be told.
    Optional<Usage> usage(UUID container);

    /// Lets go of what is kept for others than these, once, before anything is begun.
    default void keepOnly(Set<UUID> held) {}

    /// The runs of which there is a trace.
    List<UUID> known();
}
