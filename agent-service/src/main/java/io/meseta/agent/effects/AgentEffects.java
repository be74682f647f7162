package io.meseta.agent.effects;

import com.google.protobuf.ByteString;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.machine.Effect;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.engine.EffectRunner;
import io.meseta.agent.launch.Runs;
import io.meseta.agent.master.SelfDescription;
import io.meseta.agent.operator.History;
import io.meseta.agent.recovery.Recovery;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.agent.steps.TaskRunner;
import io.meseta.agent.volumes.VolumeKeeper;
import io.meseta.mesos.v1.TaskState;
import io.meseta.model.Opaque;
import io.meseta.wire.agent.ExecutorEnded;
import io.meseta.wire.agent.ExecutorMessage;
import io.meseta.wire.agent.Report;
import io.meseta.wire.agent.StatusUpdate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands each effect to its room. Runs on the loop's thread, so nothing here waits.
public final class AgentEffects implements EffectRunner, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentEffects.class);
    private static final int REPORTS_BESIDE_MESSAGES_MAX = 10_000;

    private final TaskRunner runner;
    private final VolumeKeeper keeper;
    private final Telling telling;
    private final History history;
    private final Runs processes;

    /// Effects of one agent.
    public AgentEffects(
            TaskRunner runner,
            VolumeKeeper keeper,
            Telling telling,
            History history,
            Runs processes) {
        this.runner = runner;
        this.keeper = keeper;
        this.telling = telling;
        this.history = history;
        this.processes = processes;
    }

    @Override
    public void run(List<Effect> effects, Machine machine) {
        for (var effect : effects) {
            switch (effect) {
                case Effect.SendReport report -> send(report, machine);
                case Effect.SendOutcome(var number, var outcome) -> send(number, outcome);
                case Effect.SettleVolumes(var order, var doomed, var volumes) ->
                        keeper.settle(order, doomed, volumes);
                case Effect.DropCheckpoint(var task) -> {
                    history.done(task);
                    runner.forget(task);
                }
                case Effect.TellExecutor(var executor, var connection, var word) ->
                        telling.executors().tell(executor, connection, word, machine);
                case Effect.SendExecutorEnd end -> send(end);
                case Effect.SendMessage(var number, var executor, var data) ->
                        send(number, executor, data);
                case Effect.DropExecutor(var executor) -> {
                    history.done(executor);
                    runner.forget(executor);
                }
                case Effect.HangUp() -> {
                    telling.reports().clear();
                    telling.hangUp().run();
                }
                case Effect.Reconcile() -> {}
            }
        }
        runner.reconcile(machine);
    }

    /// Takes up what the last agent process has left; before anything else is run.
    ///
    /// @param isMachineNew whether the machine was restarted since
    public void recover(Machine machine, boolean isMachineNew) {
        Recovery.recover(machine, isMachineNew, processes, runner);
        var holdings = machine.holdings();
        keeper.settle(holdings.pending(), holdings.doomed(), holdings.volumes());
    }

    /// Stops watching. What runs goes on running.
    @Override
    public void close() {
        runner.close();
        keeper.close();
    }

    /// A hello tells of it again, so it need not be told by this conversation.
    private void send(long number, Outcome outcome) {
        var name = "outcome " + outcome.order() + " " + outcome.state();
        telling.reports()
                .put(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        Report.newBuilder()
                                .setNumber(number)
                                .setOperationOutcome(SelfDescription.outcome(outcome))
                                .build());
    }

    private void send(Effect.SendExecutorEnd end) {
        var ended =
                ExecutorEnded.newBuilder()
                        .setExecutor(SelfDescription.held(end.executor()))
                        .setOrderSeen(end.seen());
        if (end.exit() instanceof Exit.Status(var status)) ended.setStatus(wait(status));
        telling.reports()
                .put(
                        end.executor().container(),
                        Report.newBuilder()
                                .setNumber(end.number())
                                .setExecutorEnded(ended)
                                .build());
    }

    /// As a wait status, which is what Mesos tells; a shell says a signal as 128 and its number.
    private static int wait(int shellStatus) {
        return shellStatus > 128 ? shellStatus - 128 : shellStatus << 8;
    }

    /// Nobody is promised that it arrives: what finds no room is lost.
    private void send(long number, AgentExecutor executor, Opaque data) {
        if (telling.reports().size() > REPORTS_BESIDE_MESSAGES_MAX) {
            LOG.atWarn()
                    .addKeyValue("executor", executor.key())
                    .log("Too much waits for the master; an executor's message is lost.");
            return;
        }
        var message =
                ExecutorMessage.newBuilder()
                        .setFrameworkId(SelfDescription.held(executor).getFrameworkId())
                        .setExecutorId(SelfDescription.held(executor).getExecutorId())
                        .setData(ByteString.copyFrom(data.asReadOnly()));
        telling.reports()
                .put(
                        UUID.nameUUIDFromBytes(
                                ("message " + number).getBytes(StandardCharsets.UTF_8)),
                        Report.newBuilder().setNumber(number).setExecutorMessage(message).build());
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
                        processes.commandPid(StatusMapping.process(task)),
                        telling.address());
        history.sent(task, status);
        var update =
                StatusUpdate.newBuilder()
                        .setFrameworkId(StatusMapping.framework(task))
                        .setStatus(status)
                        .setLatestState(TaskState.valueOf(report.latest().name()))
                        .setLaunchOrder(task.order());
        telling.reports()
                .put(
                        report.update().uuid(),
                        Report.newBuilder()
                                .setNumber(report.number())
                                .setStatusUpdate(update)
                                .build());
    }
}
