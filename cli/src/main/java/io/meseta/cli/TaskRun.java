package io.meseta.cli;

import io.meseta.client.ClientFault;
import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Filters;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One task from the first offer to its end: a whole framework, in one thread.
final class TaskRun {

    /// How long a kill, with the task's last output, may take before we go all the same.
    static final Duration KILL_LIMIT = Duration.ofSeconds(20);

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration KILL_PAUSE = Duration.ofSeconds(2);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    /// Offers that are of no use are refused for this long; REVIVE would lift it.
    private static final double REFUSE_SECONDS = 3_600;

    private final Master master;
    private final TaskOrder order;
    private final TaskOutput.Sinks sinks;
    private final PrintWriter notes;
    private final Interruption interruption;
    private final Conversation conversation;
    private final Shortage shortage;
    private @Nullable Placed placed;
    private @Nullable TaskOutput output;
    private @Nullable Ending ending;
    private long killWantedAt;
    private long killSentAt;

    /// The task where it was launched.
    private record Placed(TaskID task, AgentID agent, Endpoint endpoint) {}

    TaskRun(Master master, TaskOrder order, TaskOutput.Sinks sinks, PrintWriter notes) {
        this.master = master;
        this.order = order;
        this.sinks = sinks;
        this.notes = notes;
        this.interruption = Interruption.watch(KILL_LIMIT.plusSeconds(5));
        this.conversation = new Conversation(master, order.framework(), notes);
        this.shortage = new Shortage(master, order.needs(), notes);
    }

    /// Runs the task to its end.
    Ending run() throws InterruptedException {
        try {
            while (ending == null) {
                var event = conversation.next(TICK);
                event.ifPresent(this::on);
                tick();
            }
            return drained(ending);
        } finally {
            leave();
            interruption.finish();
        }
    }

    private void on(Event event) {
        switch (event.getType()) {
            case SUBSCRIBED -> subscribed();
            case OFFERS -> event.getOffers().getOffersList().forEach(this::on);
            case UPDATE -> on(event.getUpdate().getStatus());
            case FAILURE,
                    RESCIND,
                    MESSAGE,
                    ERROR,
                    HEARTBEAT,
                    INVERSE_OFFERS,
                    RESCIND_INVERSE_OFFER,
                    UPDATE_OPERATION_STATUS,
                    UNKNOWN -> {
                // What concerns the task comes as an update.
            }
        }
    }

    /// After a resumption the master may have forgotten what is passing (our suppression), and we
    /// may have missed what is not (the task's state).
    private void subscribed() {
        var task = placed;
        if (task != null) {
            conversation.call(Call.newBuilder().setType(Call.Type.SUPPRESS));
            var reconcile = Call.newBuilder().setType(Call.Type.RECONCILE);
            reconcile
                    .getReconcileBuilder()
                    .addTasksBuilder()
                    .setTaskId(task.task())
                    .setAgentId(task.agent());
            conversation.call(reconcile);
        }
    }

    private void on(Offer offer) {
        var task = order.placedOn(offer);
        if (placed == null && killWantedAt == 0 && task.isPresent()) {
            launch(offer, task.get());
        } else {
            var decline = Call.newBuilder().setType(Call.Type.DECLINE);
            decline.getDeclineBuilder().addOfferIds(offer.getId());
            if (placed != null) {
                decline.getDeclineBuilder().setFilters(refusal());
            }
            conversation.call(decline);
        }
    }

    private void launch(Offer offer, TaskInfo task) {
        var accept = Call.newBuilder().setType(Call.Type.ACCEPT);
        var operation = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
        operation.getLaunchBuilder().addTaskInfos(task);
        accept.getAcceptBuilder()
                .addOfferIds(offer.getId())
                .addOperations(operation)
                .setFilters(refusal());
        placed = new Placed(task.getTaskId(), task.getAgentId(), TaskOrder.agentOf(offer));
        conversation.call(accept);
        conversation.call(Call.newBuilder().setType(Call.Type.SUPPRESS));
    }

    private static Filters refusal() {
        return Filters.newBuilder().setRefuseSeconds(REFUSE_SECONDS).build();
    }

    private void on(TaskStatus status) {
        var task = placed;
        if (task != null && status.getTaskId().equals(task.task())) {
            if (wasNeverLaunched(status)) {
                placed = null;
                conversation.call(Call.newBuilder().setType(Call.Type.REVIVE));
            } else {
                progress(task, status);
            }
        }
        acknowledge(status);
    }

    private void progress(Placed task, TaskStatus status) {
        boolean isUnknown = status.getState() == TaskState.TASK_UNKNOWN;
        if (status.getState() == TaskState.TASK_UNREACHABLE) {
            notes.println("meseta: the task's agent is unreachable; waiting for it");
        }
        boolean hasRun = status.getSource() != TaskStatus.Source.SOURCE_MASTER;
        if (output == null && hasRun) {
            var framework = conversation.framework().getId();
            var agent = master.agent(task.agent(), task.endpoint(), ClusterChoice.TIMEOUT);
            output = new TaskOutput(agent, framework, task.task(), sinks);
        }
        if (Tasks.isTerminal(status.getState()) || isUnknown) {
            ending = Ending.of(status);
        }
    }

    /// The offer was withdrawn while we accepted it: nothing has been started, so we try another.
    private static boolean wasNeverLaunched(TaskStatus status) {
        return status.hasReason()
                && status.getReason() == TaskStatus.Reason.REASON_INVALID_OFFERS
                && Tasks.isTerminal(status.getState());
    }

    private void acknowledge(TaskStatus status) {
        if (!status.getUuid().isEmpty()) {
            var acknowledge = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE);
            acknowledge
                    .getAcknowledgeBuilder()
                    .setAgentId(status.getAgentId())
                    .setTaskId(status.getTaskId())
                    .setUuid(status.getUuid());
            conversation.call(acknowledge);
        }
    }

    private void tick() {
        long now = System.nanoTime();
        var copying = output;
        boolean isUnread = copying != null && copying.isUnread();
        if (killWantedAt == 0 && (interruption.isRequested() || isUnread)) {
            killWantedAt = now;
        }
        if (killWantedAt != 0) {
            kill(now);
        } else if (placed == null) {
            shortage.look();
        }
    }

    /// A kill may get lost anywhere on its way, so it is said again until the task has ended.
    private void kill(long now) {
        var task = placed;
        if (ending != null) {
            return;
        }
        if (task == null) {
            ending =
                    new Ending(Meseta.TROUBLE, Optional.of("stopped before the task was launched"));
        } else if (now - killWantedAt > KILL_LIMIT.toNanos()) {
            var complaint =
                    "the task did not end within " + KILL_LIMIT.toSeconds() + " s of its kill";
            ending = new Ending(Meseta.TROUBLE, Optional.of(complaint));
        } else if (killSentAt == 0 || now - killSentAt > KILL_PAUSE.toNanos()) {
            killSentAt = now;
            var kill = Call.newBuilder().setType(Call.Type.KILL);
            kill.getKillBuilder().setTaskId(task.task()).setAgentId(task.agent());
            conversation.call(kill);
        }
    }

    private Ending drained(Ending reached) throws InterruptedException {
        var copying = output;
        if (copying == null) {
            return reached;
        }
        var trouble = copying.drain(killWantedAt == 0 ? DRAIN_LIMIT : Duration.ofSeconds(3));
        trouble.ifPresent(words -> notes.println("meseta: the task has ended, but " + words));
        return reached;
    }

    /// Removes the framework, and with it a task that may still run after a failure of ours.
    private void leave() {
        var copying = output;
        if (copying != null) {
            copying.close();
        }
        var framework = conversation.framework();
        if (framework.hasId()) {
            try {
                master.teardown(framework.getId());
            } catch (ClientFault fault) {
                notes.println(
                        "meseta: could not remove the framework (it goes by itself after "
                                + Conversation.RESUME_LIMIT.toMinutes()
                                + " min): "
                                + fault.getMessage());
            }
        }
        conversation.close();
    }
}
