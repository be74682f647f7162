package io.meseta.agent.recovery;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.steps.TaskRunner;
import java.util.HashSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once, before anything else happens, at every run of which there is a trace.
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final String RESTARTED = "the machine was restarted";

    private Recovery() {}

    /// Takes up the runs of the tasks that are held, and ends those that nobody holds.
    ///
    /// @param isMachineNew whether the machine was restarted since: nothing runs then, and how far
    ///   each task had come may be lost. What may have run is not started once more.
    public static void recover(
            Machine machine, boolean isMachineNew, Runs runs, TaskRunner runner) {
        var held = new HashSet<UUID>();
        for (var executor : machine.executors().values()) {
            held.add(executor.container());
            if (executor.isBuiltIn() || executor.stage() == Stage.ENDED) continue;
            if (isMachineNew) runs.callOff(executor.container(), RESTARTED);
            if (isMachineNew || executor.stage() != Stage.ORDERED) runner.adopt(executor);
        }
        for (var task : machine.tasks().values()) {
            held.add(task.container());
            // What an executor runs is its own affair; what has ended has nothing left to take up.
            if (task.spec().isHosted() || task.stage() == Stage.ENDED) continue;
            if (isMachineNew) runs.callOff(task.container(), RESTARTED);
            // What was only ordered begins anew.
            if (isMachineNew || task.stage() != Stage.ORDERED) runner.adopt(task);
        }
        int strays = 0;
        var known = runs.known();
        var kept = new HashSet<>(held);
        kept.addAll(known);
        runs.keepOnly(kept);
        for (var container : known) {
            if (held.contains(container)) continue;
            strays++;
            Thread.ofVirtual().name("stray-" + container).start(() -> end(container, runs));
        }
        LOG.atInfo()
                .addKeyValue("held", machine.tasks().size())
                .addKeyValue("running", running(machine))
                .addKeyValue("strays", strays)
                .log("The last agent's tasks are taken up.");
    }

    private static long running(Machine machine) {
        return machine.tasks().values().stream()
                .map(AgentTask::stage)
                .filter(stage -> stage == Stage.RUNNING)
                .count();
    }

    private static void end(UUID container, Runs runs) {
        try {
            runs.callOff(container, "nobody holds it");
            runs.destroy(container);
            runs.await(container);
            runs.forget(container);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.atWarn()
                    .addKeyValue("container", container)
                    .setCause(failure)
                    .log("A stray run can't be ended; the next start tries again.");
        }
    }
}
