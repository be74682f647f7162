package io.meseta.simulator.ledger;

import static io.meseta.simulator.world.BrokenPromise.unless;

import io.meseta.master.core.task.Status;
import io.meseta.model.AgentId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has happened to one task, seen from outside.
final class TaskStory {

    private final TaskKey key;
    private final AgentId agent;
    private final long order;
    private final boolean knowsLostAgents;
    private final List<UUID> made = new ArrayList<>();

    /// What its agent had written down of it and its machine has lost.
    private final Set<UUID> lost = new HashSet<>();

    private boolean hasLostItsMachine;
    private int heard;
    private int starts;
    private boolean isDeclaredOver;
    private @Nullable TaskState end;
    private long endAcknowledgedAt = Long.MAX_VALUE;

    /// @param order the number of the order that launched it
    /// @param knowsLostAgents whether its framework can tell a lost agent from a lost task
    TaskStory(TaskKey key, AgentId agent, long order, boolean knowsLostAgents) {
        this.key = key;
        this.agent = agent;
        this.order = order;
        this.knowsLostAgents = knowsLostAgents;
    }

    AgentId agent() {
        return agent;
    }

    boolean isOf(AgentId where, long launch) {
        return agent.equals(where) && order == launch;
    }

    boolean hasMade(UUID uuid) {
        return made.contains(uuid);
    }

    /// Another task has its id by now: whatever is told of this one has been told before.
    void heardLate(Status status) {
        int index = made.indexOf(status.uuid().orElseThrow()) + 1;
        unless(
                index <= heard,
                "%s was launched again, and update %d of its forerunner (%s) is told first now"
                        .formatted(key, index, status.state()));
    }

    /// The master has found out how it ended, and has told the framework if it listened: once.
    void declaredOver() {
        isDeclaredOver = true;
    }

    /// Everything that could happen to it has happened: its framework must know.
    void checkFinished() {
        if (isDeclaredOver) return;
        unless(end != null, key + " on " + agent + " was launched, and nobody told how it ended");
        unless(
                lost.containsAll(made.subList(heard, made.size())),
                "%s made %d updates, and %d were heard".formatted(key, made.size(), heard));
    }

    /// The agent has written an update down.
    void made(UUID uuid) {
        made.add(uuid);
    }

    /// Its machine has stopped. That an update was acknowledged may be lost, so it may be told
    /// again.
    void stopped() {
        hasLostItsMachine = true;
    }

    /// Its machine has lost an update, which may never be heard.
    void lost(UUID uuid) {
        lost.add(uuid);
    }

    void started(String agent) {
        starts++;
        unless(starts == 1, key + " was started twice, the second time on " + agent);
    }

    /// The master has answered the receipt for its end.
    void endAcknowledged(long at) {
        endAcknowledgedAt = Math.min(endAcknowledgedAt, at);
    }

    /// @param listeningSince when the stream was opened on which the framework heard it
    void heard(Status status, long listeningSince) {
        var reason = status.origin().reason();
        boolean isAnswer = reason.filter(StatusReason.REASON_RECONCILIATION::equals).isPresent();
        if (status.uuid().isPresent()) heardFromAgent(status.uuid().get(), status, listeningSince);
        else if (isAboutAnotherLaunch(status))
            unless(
                    end != null || isDeclaredOver,
                    key + " is under way, and is told to be " + status.state());
        else if (isAnswer) heardAnswer(status.state());
        else moved(status.state());
    }

    /// Whether it says that a launch was refused: a repetition of the one that made this task.
    private static boolean isAboutAnotherLaunch(Status status) {
        return status.origin().reason().stream()
                .anyMatch(reason ->
                        reason == StatusReason.REASON_INVALID_OFFERS
                                // Its id is in use.
                                || reason == StatusReason.REASON_TASK_INVALID
                                || reason == StatusReason.REASON_TASK_GROUP_INVALID
                                || reason == StatusReason.REASON_AGENT_DISCONNECTED);
    }

    private void heardFromAgent(UUID uuid, Status status, long listeningSince) {
        int index = made.indexOf(uuid) + 1;
        unless(index > 0, key + ": nobody made the update " + status.state() + " " + uuid);
        boolean isRepeated = index == heard || (index < heard && hasLostItsMachine);
        boolean isNext = index > heard && lost.containsAll(made.subList(heard, index - 1));
        unless(
                isRepeated || isNext,
                "%s: update %d of %d (%s) was heard after update %d"
                        .formatted(key, index, made.size(), status.state(), heard));
        unless(
                listeningSince <= endAcknowledgedAt,
                key + ": its end was acknowledged, and is told on a later stream");
        boolean isNew = index > heard;
        if (!isNew) return;
        heard = index;
        moved(status.state());
        // Its agent knows; what the master only supposes may still change.
        if (status.state().isTerminal()) end = status.state();
    }

    private void moved(TaskState state) {
        unless(
                end == null || end == state,
                key + " ended as " + end + ", and is told to be " + state + " afterwards");
        // Without the word for a lost agent a framework hears LOST, and may hear of the task again.
        boolean mayReturn = state == TaskState.TASK_LOST && !knowsLostAgents;
        if (state.isTerminal() && !mayReturn) end = state;
    }

    private void heardAnswer(TaskState state) {
        boolean claimsLife =
                switch (state) {
                    case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING -> true;
                    default -> false;
                };
        unless(
                end == null || !claimsLife,
                key + " ended as " + end + ", and a question is answered with " + state);
    }
}
