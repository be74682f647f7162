package io.meseta.agent.effects;

import io.meseta.agent.core.machine.Effect;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.engine.EffectRunner;
import io.meseta.agent.launch.Supervisors;
import io.meseta.agent.operator.History;
import io.meseta.agent.recovery.Recovery;
import io.meseta.agent.reports.ReportQueue;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.agent.steps.TaskRunner;
import io.meseta.mesos.v1.TaskState;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.StatusUpdate;
import java.util.List;

/// Hands each effect to its room. Runs on the loop's thread, so nothing here waits.
public final class AgentEffects implements EffectRunner, AutoCloseable {

    private final TaskRunner runner;
    private final ReportQueue reports;
    private final History history;
    private final Supervisors supervisors;
    private final Runnable hangUp;
    private final String address;

    /// Effects of one agent.
    ///
    /// @param hangUp ends the conversation with the master
    /// @param address this machine's own
    public AgentEffects(
            TaskRunner runner,
            ReportQueue reports,
            History history,
            Supervisors supervisors,
            Runnable hangUp,
            String address) {
        this.runner = runner;
        this.reports = reports;
        this.history = history;
        this.supervisors = supervisors;
        this.hangUp = hangUp;
        this.address = address;
    }

    @Override
    public void run(List<Effect> effects, Machine machine) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.SendReport report -> send(report, machine);
                case Effect.DropCheckpoint(var task) -> {
                    history.done(task);
                    runner.forget(task);
                }
                case Effect.HangUp() -> {
                    reports.clear();
                    hangUp.run();
                }
                case Effect.Reconcile() -> {}
            }
        }
        runner.reconcile(machine);
    }

    /// Takes up what the last agent process has left; before anything else is run.
    public void recover(Machine machine) {
        Recovery.recover(machine, supervisors, runner);
    }

    /// Stops watching. What runs goes on running.
    @Override
    public void close() {
        runner.close();
    }

    private void send(Effect.SendReport report, Machine machine) {
        var agent = machine.agent();
        // Whoever is a member no longer has nobody to tell.
        if (agent.isEmpty()) return;
        var task = report.task();
        var status =
                StatusMapping.status(
                        task,
                        report.update(),
                        agent.get(),
                        supervisors.commandPid(task.container()),
                        address);
        history.sent(task, status);
        var update =
                StatusUpdate.newBuilder()
                        .setFrameworkId(StatusMapping.framework(task))
                        .setStatus(status)
                        .setLatestState(TaskState.valueOf(report.latest().name()))
                        .setLaunchOrder(task.order());
        reports.put(
                report.update().uuid(),
                Report.newBuilder().setNumber(report.number()).setStatusUpdate(update).build());
    }
}
