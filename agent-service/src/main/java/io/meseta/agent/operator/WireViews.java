package io.meseta.agent.operator;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.core.task.Stage;
import io.meseta.agent.executors.ExecutorWords;
import io.meseta.agent.reports.StatusMapping;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Task;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.agent.Response;
import io.meseta.model.FrameworkId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The agent's tasks, executors and frameworks as wire messages.
public final class WireViews {

    private static final int COMMAND_CHARACTERS_MAX = 15;

    private final Supplier<Machine> machine;
    private final History history;
    private final Predicate<AgentTask> isSeen;

    public WireViews(Supplier<Machine> machine, History history) {
        this(machine, history, _ -> true);
    }

    private WireViews(Supplier<Machine> machine, History history, Predicate<AgentTask> isSeen) {
        this.machine = machine;
        this.history = history;
        this.isSeen = isSeen;
    }

    /// The same, of these tasks only.
    WireViews of(Predicate<AgentTask> seen) {
        return new WireViews(machine, history, seen);
    }

    /// The machine as it is now, whoever asks.
    Machine machine() {
        return machine.get();
    }

    /// What is remembered, whoever asks.
    History history() {
        return history;
    }

    /// The tasks that are held and shown.
    List<AgentTask> held() {
        return machine.get().tasks().values().stream().filter(isSeen).toList();
    }

    /// The tasks that are done and shown; newest first.
    List<History.Completed> done() {
        return history.completed().stream().filter(each -> isSeen.test(each.task())).toList();
    }

    Response.GetTasks tasks() {
        var tasks = Response.GetTasks.newBuilder();
        for (var held : held()) {
            var task = task(held, history.statusesOf(held));
            switch (held.stage()) {
                case ORDERED -> tasks.addQueuedTasks(task);
                case LAUNCHING, RUNNING, KILLING -> tasks.addLaunchedTasks(task);
                case ENDED -> tasks.addTerminatedTasks(task);
            }
        }
        for (var done : done()) {
            tasks.addCompletedTasks(task(done.task(), done.statuses()));
        }
        return tasks.build();
    }

    /// Each command task is its own executor, though no process of that kind exists.
    Response.GetExecutors executors() {
        var executors = Response.GetExecutors.newBuilder();
        for (var executor : employed()) executors.addExecutors(shown(executor));
        for (var executor : dismissed()) executors.addCompletedExecutors(shown(executor));
        for (var held : held()) {
            if (held.stage() == Stage.ORDERED || !(held.spec().home() instanceof Home.Own))
                continue;
            executors.addExecutors(
                    Response.GetExecutors.Executor.newBuilder().setExecutorInfo(executor(held)));
        }
        for (var done : done()) {
            if (!(done.task().spec().home() instanceof Home.Own)) continue;
            executors.addCompletedExecutors(
                    Response.GetExecutors.Executor.newBuilder()
                            .setExecutorInfo(executor(done.task())));
        }
        return executors.build();
    }

    private static Response.GetExecutors.Executor shown(AgentExecutor executor) {
        return Response.GetExecutors.Executor.newBuilder()
                .setExecutorInfo(ExecutorWords.info(executor))
                .build();
    }

    /// The executors that live and of whose tasks one is shown.
    List<AgentExecutor> employed() {
        return machine.get().executors().values().stream()
                .filter(executor -> executor.stage() != Stage.ENDED && isSeen(executor))
                .toList();
    }

    /// The executors that have ended and of whose tasks one is shown; newest first.
    List<AgentExecutor> dismissed() {
        return Stream.concat(
                        machine.get().executors().values().stream()
                                .filter(executor -> executor.stage() == Stage.ENDED),
                        history.completedExecutors().stream())
                .filter(this::isSeen)
                .toList();
    }

    /// Whoever sees one of its tasks sees an executor.
    private boolean isSeen(AgentExecutor executor) {
        var tasks = Stream.concat(held().stream(), done().stream().map(History.Completed::task));
        return tasks.anyMatch(task -> isOf(task, executor));
    }

    static boolean isOf(AgentTask task, AgentExecutor executor) {
        return task.spec().home().executorRun().filter(executor.container()::equals).isPresent();
    }

    /// A command task is its own executor.
    static String executorId(AgentTask task) {
        return task.spec()
                .home()
                .executorKey()
                .map(key -> key.executor().value())
                .orElse(task.key().task().value());
    }

    Response.GetFrameworks frameworks() {
        var active = active();
        var frameworks = Response.GetFrameworks.newBuilder();
        for (var info : active.values()) frameworks.addFrameworks(framework(info));
        for (var info : completed().values()) frameworks.addCompletedFrameworks(framework(info));
        return frameworks.build();
    }

    /// The frameworks of the tasks that are held.
    SortedMap<FrameworkId, FrameworkInfo> active() {
        var frameworks = new TreeMap<FrameworkId, FrameworkInfo>();
        for (var held : held()) {
            frameworks.put(held.key().framework(), frameworkInfo(held));
        }
        for (var executor : employed())
            frameworks.putIfAbsent(executor.key().framework(), ExecutorWords.framework(executor));
        return frameworks;
    }

    /// The frameworks of which nothing is held any more.
    SortedMap<FrameworkId, FrameworkInfo> completed() {
        var frameworks = new TreeMap<FrameworkId, FrameworkInfo>();
        for (var done : done()) {
            frameworks.put(done.task().key().framework(), frameworkInfo(done.task()));
        }
        frameworks.keySet().removeAll(active().keySet());
        return frameworks;
    }

    /// What the tasks that may still use anything have been given.
    List<Resource> allocated() {
        var resources = new ArrayList<Resource>();
        for (var held : machine.get().tasks().values()) {
            if (held.stage() != Stage.ENDED) resources.addAll(taskInfo(held).getResourcesList());
        }
        for (var executor : machine.get().executors().values())
            if (executor.stage() != Stage.ENDED)
                resources.addAll(ExecutorWords.info(executor).getResourcesList());
        return resources;
    }

    static TaskInfo taskInfo(AgentTask task) {
        try {
            return TaskInfo.parseFrom(task.spec().wire().asReadOnly());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a task is held that can't be read", malformed);
        }
    }

    static FrameworkInfo frameworkInfo(AgentTask task) {
        try {
            return FrameworkInfo.parseFrom(task.spec().framework().asReadOnly());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a framework is held that can't be read", malformed);
        }
    }

    private Task task(AgentTask held, List<TaskStatus> statuses) {
        var info = taskInfo(held);
        var task =
                Task.newBuilder()
                        .setName(info.getName())
                        .setTaskId(info.getTaskId())
                        .setFrameworkId(StatusMapping.framework(held))
                        .setAgentId(agentOf(info))
                        .setState(TaskState.valueOf(held.latest().name()))
                        .addAllResources(info.getResourcesList())
                        .addAllStatuses(statuses)
                        .putAllLimits(info.getLimitsMap());
        held.spec()
                .home()
                .executorKey()
                .map(key -> ExecutorID.newBuilder().setValue(key.executor().value()))
                .ifPresent(task::setExecutorId);
        if (info.hasLabels()) task.setLabels(info.getLabels());
        if (info.hasDiscovery()) task.setDiscovery(info.getDiscovery());
        if (info.hasContainer()) task.setContainer(info.getContainer());
        if (info.hasKillPolicy()) task.setKillPolicy(info.getKillPolicy());
        if (info.getCommand().hasUser()) task.setUser(info.getCommand().getUser());
        held.updates()
                .outstanding()
                .ifPresent(update ->
                        task.setStatusUpdateState(TaskState.valueOf(update.state().name()))
                                .setStatusUpdateUuid(StatusMapping.bytes(update.uuid())));
        return task.build();
    }

    private AgentID agentOf(TaskInfo info) {
        return machine.get()
                .agent()
                .map(id -> AgentID.newBuilder().setValue(id.value()).build())
                .orElse(info.getAgentId());
    }

    @SuppressWarnings("deprecation") // `source` is old, and tools still sort by it.
    static ExecutorInfo executor(AgentTask held) {
        var info = taskInfo(held);
        var id = info.getTaskId().getValue();
        var executor =
                ExecutorInfo.newBuilder()
                        .setExecutorId(ExecutorID.newBuilder().setValue(id))
                        .setFrameworkId(StatusMapping.framework(held))
                        .setCommand(info.getCommand())
                        .setName(
                                "Command Executor (Task: %s) (Command: %s)"
                                        .formatted(id, commandText(info)))
                        .setSource(id);
        if (info.hasLabels()) executor.setLabels(info.getLabels());
        return executor.build();
    }

    private static String commandText(TaskInfo info) {
        var command = info.getCommand();
        return command.getShell()
                ? "sh -c '" + shortened(command.getValue()) + "'"
                : "["
                        + command.getValue()
                        + ", "
                        + String.join(", ", command.getArgumentsList())
                        + "]";
    }

    /// As short as Mesos has it in a name.
    private static String shortened(String command) {
        return command.length() > COMMAND_CHARACTERS_MAX
                ? command.substring(0, COMMAND_CHARACTERS_MAX - 3) + "..."
                : command;
    }

    private static Response.GetFrameworks.Framework framework(FrameworkInfo info) {
        return Response.GetFrameworks.Framework.newBuilder().setFrameworkInfo(info).build();
    }
}
