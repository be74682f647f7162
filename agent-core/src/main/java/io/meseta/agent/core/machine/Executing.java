package io.meseta.agent.core.machine;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.executor.Attendance;
import io.meseta.agent.core.executor.ExecutorEvent;
import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Ending;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.core.task.TaskEvent;
import io.meseta.agent.core.task.TaskPhase;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.agent.core.update.StatusUpdate;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Executors, and what becomes of the tasks that belong to them.
final class Executing {

    /// How many updates of one task may wait for their receipts.
    static final int WAITING_MAX = 1_000;

    private final Deciding deciding;
    private final Killing killing;

    Executing(Deciding deciding, Killing killing) {
        this.deciding = deciding;
        this.killing = killing;
    }

    /// Takes tasks for an executor. What is held already was ordered before a crash.
    ///
    /// Doomed tasks have an executor, too: the master knows of one since it gave the order, and
    /// must hear of its end.
    ///
    /// @param doom how the tasks end at once
    void launch(Order.LaunchIn order, long number, Optional<Ending> doom) {
        var executor = employed(order.executor(), number);
        for (var spec : order.tasks()) {
            Home home =
                    executor.isBuiltIn()
                            ? new Home.Grouped(executor.key(), executor.container())
                            : new Home.Hosted(
                                    executor.key(), executor.container(), order.isGroup());
            deciding.launch(spec.at(home), number, doom);
        }
    }

    /// The executor that lives, else a new one. One that is being ended takes no more tasks, but
    /// tasks that come now can't wait for its end: they end with it.
    private AgentExecutor employed(ExecutorSpec spec, long number) {
        var held = deciding.machine().executor(spec.key());
        if (held.isPresent() && held.get().stage() != Stage.ENDED) return held.get();
        if (held.isPresent()) forget(held.get());
        add(spec.key(), new ExecutorEvent.Ordered(spec, number, deciding.drawUuid()));
        return deciding.machine().executor(spec.key()).orElseThrow();
    }

    /// A task that had to wait for its id may find that its executor is gone by then.
    Optional<Ending> doom(TaskSpec spec) {
        var run = spec.home().executorRun();
        if (run.isEmpty()) return Optional.empty();
        var living =
                spec.home()
                        .executorKey()
                        .flatMap(deciding.machine()::executor)
                        .filter(executor -> executor.stage() != Stage.ENDED)
                        .map(AgentExecutor::container);
        return living.equals(run)
                ? Optional.empty()
                : Optional.of(terminated(TaskState.TASK_DROPPED));
    }

    /// Tasks of it that are still held know its container.
    private void forget(AgentExecutor executor) {
        add(executor.key(), new ExecutorEvent.Forgotten());
    }

    Decision decide(Command.ForExecutor command) {
        var executor = deciding.machine().executors().get(command.executor());
        if (executor == null || executor.stage() == Stage.ENDED) {
            return new Decision.Refused(new Refusal.UnknownExecutor(command.executor()));
        }
        return switch (command) {
            case Command.Attend attend -> attend(executor, attend);
            case Command.TakeWord(_, var word) -> take(executor, word);
            case Command.PassOn(var key, var data) -> {
                if (deciding.machine().agent().isPresent())
                    add(key, new ExecutorEvent.Said(data, deciding.nextReport()));
                yield deciding.accepted();
            }
            case Command.Leave(var key, var connection) -> {
                if (executor.connection().filter(connection::equals).isPresent())
                    add(key, new ExecutorEvent.Left());
                yield deciding.accepted();
            }
            case Command.RunNote note when !note.container().equals(executor.container()) ->
                    new Decision.Refused(new Refusal.UnknownExecutor(command.executor()));
            case Command.RunNote note -> note(executor, note);
        };
    }

    private Decision note(AgentExecutor executor, Command.RunNote note) {
        var key = executor.key();
        switch (note) {
            case Command.ExecutorPrepared _ -> {
                if (executor.stage() != Stage.ORDERED) return deciding.accepted();
                add(key, new ExecutorEvent.Prepared());
                var until = deciding.now().plus(executor.spec().registerWithin());
                add(key, new ExecutorEvent.Awaited(until));
            }
            case Command.ExecutorStarted _ -> {
                if (executor.stage() == Stage.LAUNCHING) add(key, new ExecutorEvent.Started());
            }
            case Command.ExecutorFailed(_, _, var cause) ->
                    end(
                            executor,
                            new Exit.NeverStarted(),
                            new Ending(TaskState.TASK_FAILED, cause));
            case Command.ExecutorExited(_, _, var exit) ->
                    end(executor, exit, executor.fate().orElseGet(() -> fate(exit)));
        }
        return deciding.accepted();
    }

    private static Ending fate(Exit exit) {
        return switch (exit) {
            case Exit.NeverStarted() ->
                    new Ending(
                            TaskState.TASK_FAILED,
                            Cause.ofAgent(
                                    Reason.CONTAINER_LAUNCH_FAILED,
                                    "Failed to launch container: its process is not there"));
            case Exit.Limited limited -> Ending.ofLimited(limited);
            case Exit.Status _, Exit.Unknown _ -> terminated(TaskState.TASK_FAILED);
        };
    }

    private static Ending terminated(TaskState state) {
        return new Ending(state, Cause.ofAgent(Reason.EXECUTOR_TERMINATED, "Executor terminated"));
    }

    private Decision attend(AgentExecutor executor, Command.Attend attend) {
        var key = executor.key();
        if (executor.stage() == Stage.LAUNCHING) add(key, new ExecutorEvent.Started());
        boolean isFirst = !executor.isRegistered();
        if (isFirst) add(key, new ExecutorEvent.Registered());
        add(key, new ExecutorEvent.Attended(attend.connection()));
        for (var word : attend.updates()) take(executor, word);
        for (var task : tasksOf(executor)) {
            boolean isHeard = task.latest() != TaskState.TASK_STAGING;
            boolean isKnown = isHeard || attend.held().contains(task.key().task());
            if (task.stage() != Stage.ORDERED && task.stage() != Stage.ENDED && !isKnown)
                deciding.end(task.key(), lostOnTheWay());
        }
        for (var task : tasksOf(executor))
            if (task.stage() == Stage.KILLING) killing.handKill(task, Optional.empty());
        return deciding.accepted();
    }

    /// It was handed over when the agent, or the connection, broke.
    private static Ending lostOnTheWay() {
        return new Ending(
                TaskState.TASK_DROPPED,
                Cause.ofAgent(Reason.AGENT_RESTARTED, "Task launched during agent restart"));
    }

    /// What it says of a task that it does not have, or whose end is known, interests nobody; it
    /// hears a receipt all the same, lest it say so for ever.
    private Decision take(AgentExecutor executor, Command.Word word) {
        var key = new TaskKey(executor.key().framework(), word.task());
        var held = deciding.machine().task(key).filter(task -> belongs(task, executor));
        var update = word.update();
        if (held.isEmpty()
                || held.get().stage() == Stage.ENDED
                || held.get().updates().hasHeard(update.uuid())) {
            add(executor.key(), new ExecutorEvent.UpdateRepeated(key, update.uuid()));
            return deciding.accepted();
        }
        if (held.get().updates().waiting().size() >= WAITING_MAX)
            return new Decision.Refused(new Refusal.TooMuchToSay(key));
        if (held.get().stage() == Stage.ORDERED) deciding.add(key, new TaskEvent.Delivered());
        take(held.get(), update);
        return deciding.accepted();
    }

    private void take(AgentTask task, StatusUpdate update) {
        boolean isStart = task.stage() == Stage.LAUNCHING || task.stage() == Stage.ORDERED;
        if (update.state().isTerminal()) {
            deciding.end(task.key(), update);
        } else if (update.state() == TaskState.TASK_RUNNING && isStart) {
            var never = deciding.now().plus(TaskSpec.UNLIMITED);
            deciding.add(task.key(), new TaskEvent.Started(update, never));
        } else {
            deciding.add(task.key(), new TaskEvent.Told(update));
        }
    }

    /// Tells it to end, and gives it the time that it was promised.
    void shutdown(AgentExecutor executor) {
        if (executor.isBuiltIn()) {
            for (var task : tasksOf(executor)) killing.ask(task, Optional.empty());
            return;
        }
        switch (executor.phase()) {
            case TaskPhase.Ordered() ->
                    end(executor, new Exit.NeverStarted(), terminated(TaskState.TASK_FAILED));
            case TaskPhase.Launching(), TaskPhase.Running _ -> {
                var forceAt = deciding.now().plus(executor.spec().patience());
                add(executor.key(), new ExecutorEvent.KillBegun(executor.fate(), forceAt));
            }
            case TaskPhase.Killing _, TaskPhase.Ended() -> {}
        }
    }

    /// Nobody waits for its tasks any more; they are abandoned already.
    void abandon(FrameworkId framework) {
        for (var executor : deciding.machine().executors().values())
            if (executor.key().framework().equals(framework)) shutdown(executor);
    }

    void abandonAll() {
        for (var executor : deciding.machine().executors().values()) shutdown(executor);
    }

    /// After a restart of the agent: whoever was there before comes back soon, or not at all.
    Decision await(Duration within) {
        for (var executor : deciding.machine().executors().values()) {
            boolean isDue =
                    !executor.isBuiltIn()
                            && executor.attendance() instanceof Attendance.Absent
                            && (executor.stage() == Stage.RUNNING
                                    || executor.stage() == Stage.LAUNCHING);
            var patience = executor.isRegistered() ? within : executor.spec().registerWithin();
            if (isDue)
                add(executor.key(), new ExecutorEvent.Awaited(deciding.now().plus(patience)));
        }
        return deciding.accepted();
    }

    void tick() {
        for (var executor : deciding.machine().executors().values()) {
            if (deciding.now().isBefore(executor.deadline())) continue;
            if (executor.phase() instanceof TaskPhase.Killing) {
                add(executor.key(), new ExecutorEvent.KillForced());
            } else {
                var fate = Optional.of(silence(executor));
                add(executor.key(), new ExecutorEvent.KillBegun(fate, deciding.now()));
                add(executor.key(), new ExecutorEvent.KillForced());
            }
        }
    }

    private static Ending silence(AgentExecutor executor) {
        var cause =
                executor.isRegistered()
                        ? Cause.ofAgent(
                                Reason.EXECUTOR_REREGISTRATION_TIMEOUT,
                                "Executor did not reregister in time")
                        : Cause.ofAgent(
                                Reason.EXECUTOR_REGISTRATION_TIMEOUT,
                                "Executor did not register in time");
        return new Ending(TaskState.TASK_FAILED, cause);
    }

    /// Looks at the whole once more: groups that must end together, tasks that can be handed over,
    /// executors that have nothing left to do or to say. Also tasks whose executor has ended
    /// without them: the agent crashed while it wrote that down.
    void settle() {
        if (deciding.machine().executors().isEmpty()) return;
        for (var executor : deciding.machine().executors().values()) {
            if (executor.stage() != Stage.ENDED) settle(executor);
            else endTasks(executor, executor.fate().orElse(terminated(TaskState.TASK_FAILED)));
            // Perhaps it has ended just now, and there is nothing that would bring this up again.
            deciding.machine()
                    .executor(executor.key())
                    .filter(each -> each.stage() == Stage.ENDED && tasksOf(each).isEmpty())
                    .ifPresent(this::forget);
        }
    }

    private void settle(AgentExecutor executor) {
        var tasks = tasksOf(executor);
        if (executor.isBuiltIn()) {
            endGroups(tasks);
            if (isIdle(executor)) endBuiltIn(executor);
        } else {
            if (executor.isServing()) handOver(executor, tasks);
            boolean isUseless = !executor.isRegistered() && isIdle(executor);
            if (isUseless) shutdownUnheard(executor);
        }
    }

    /// All tasks that it was to run have ended before it said its first word.
    private void shutdownUnheard(AgentExecutor executor) {
        if (executor.stage() == Stage.KILLING) return;
        shutdown(executor);
    }

    private boolean isIdle(AgentExecutor executor) {
        return tasksOf(executor).stream().allMatch(task -> task.stage() == Stage.ENDED);
    }

    private void endBuiltIn(AgentExecutor executor) {
        end(executor, new Exit.Status(0), terminated(TaskState.TASK_FAILED));
    }

    private void endGroups(List<AgentTask> tasks) {
        Map<Long, List<AgentTask>> groups =
                tasks.stream().collect(groupingBy(AgentTask::order, TreeMap::new, toList()));
        for (var group : groups.values()) {
            if (group.stream().noneMatch(Executing::hasFailed)) continue;
            for (var task : group)
                if (task.stage() != Stage.KILLING && task.stage() != Stage.ENDED)
                    killing.ask(task, Optional.empty());
        }
    }

    private static boolean hasFailed(AgentTask task) {
        return task.stage() == Stage.ENDED && task.latest() != TaskState.TASK_FINISHED;
    }

    private void handOver(AgentExecutor executor, List<AgentTask> tasks) {
        var queued =
                tasks.stream()
                        .filter(task -> task.stage() == Stage.ORDERED)
                        .collect(groupingBy(AgentTask::order, TreeMap::new, toList()));
        for (var unit : queued.values()) {
            for (var task : unit) deciding.add(task.key(), new TaskEvent.Delivered());
            var keys = unit.stream().map(AgentTask::key).toList();
            boolean isGroup =
                    unit.getFirst().spec().home() instanceof Home.Hosted(_, _, var isGrouped)
                            && isGrouped;
            add(executor.key(), new ExecutorEvent.Handed(keys, isGroup));
        }
    }

    /// Ends an executor, and with it what it ran: what was never handed to it is dropped, unless
    /// the executor ends for a reason that concerns them all.
    private void end(AgentExecutor executor, Exit exit, Ending ending) {
        add(executor.key(), new ExecutorEvent.Ended(exit));
        endTasks(executor, ending);
        if (deciding.machine().agent().isPresent())
            add(executor.key(), new ExecutorEvent.EndTold(exit, deciding.nextReport()));
    }

    private void endTasks(AgentExecutor executor, Ending ending) {
        for (var task : tasksOf(executor)) {
            if (task.stage() == Stage.ENDED) continue;
            boolean isDropped =
                    task.stage() == Stage.ORDERED
                            && ending.cause().reason() == Reason.EXECUTOR_TERMINATED;
            deciding.end(task.key(), isDropped ? terminated(TaskState.TASK_DROPPED) : ending);
        }
    }

    private List<AgentTask> tasksOf(AgentExecutor executor) {
        return deciding.machine().tasksIn(executor);
    }

    private static boolean belongs(AgentTask task, AgentExecutor executor) {
        return task.spec().home().executorRun().filter(executor.container()::equals).isPresent();
    }

    private void add(ExecutorKey key, ExecutorEvent event) {
        deciding.add(key, event);
    }
}
