package io.meseta.runtime;

import io.meseta.runtime.plan.ContainerId;
import io.meseta.runtime.plan.ContainerPlan;
import io.meseta.runtime.plan.ContainerProcess.Terminal;
import io.meseta.runtime.plan.ExecPlan;
import io.meseta.runtime.state.ContainerEnd;
import io.meseta.runtime.state.ContainerState;
import io.meseta.runtime.state.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Whatever can run containers on this machine. Safe for threads; calls about one container at a
/// time are the caller's to order, except that [#await] may wait beside any other.
///
/// Containers outlive the runtime object and the process that it is in: whoever opens a runtime in
/// the same directory later finds them as they are. All trouble is a
/// [io.meseta.runtime.state.RuntimeFault].
///
/// ```java
/// try {
///     runtime.launch(id, plan);
///     var end = runtime.await(id, Duration.ofHours(1));
/// } finally {
///     runtime.destroy(id);
/// }
/// ```
public interface ContainerRuntime extends AutoCloseable {

    /// What runs the containers, for people: `runc 1.1.5 under conmon 2.1.6`.
    String name();

    /// Creates and starts a container, and returns when its program runs. After a fault nothing
    /// runs, and nothing is left; so it is after an interruption, which is a fault.
    ///
    /// @return as it stands: [ContainerState.Running], or already [ContainerState.Ended]
    ContainerState launch(ContainerId id, ContainerPlan plan);

    /// How a container stands, whoever launched it; empty if there is none of that name or it is
    /// destroyed. Never waits for the container.
    Optional<ContainerState> find(ContainerId id);

    /// All that were launched and are not destroyed, also those whose launch a crash cut off.
    Set<ContainerId> containers();

    /// Sends a signal to the first process of the container; if that has ended, nothing happens.
    ///
    /// @param signal its number, 1 to 64
    void signal(ContainerId id, int signal);

    /// Changes the size of the first process' terminal; without one, nothing happens.
    void resize(ContainerId id, Terminal size);

    /// Waits until the first process has ended; empty if it has not within `patience`.
    Optional<ContainerEnd> await(ContainerId id, Duration patience) throws InterruptedException;

    /// What the container has used up to now. Of one that has ended, what can still be read.
    Usage usage(ContainerId id);

    /// Starts a further process in a running container. It does not outlive this process. Close
    /// what comes back.
    Execution exec(ContainerId id, ExecPlan plan);

    /// Ends and removes a container: all its processes, mounts, cgroups and files (not its
    /// outputs). May be repeated, also after a crash in between and for names that were never used.
    /// When it returns, nothing is left; a fault says what is, and the next call goes on.
    void destroy(ContainerId id);

    /// Lets go of threads. Containers go on.
    @Override
    void close();
}
