package io.meseta.agent.operator;

import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.files.LogName;
import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.Target;
import io.meseta.authorization.TargetKind;
import io.meseta.authorization.Verdict;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.Role;
import io.meseta.platform.access.Access;
import io.meseta.platform.identity.Caller;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What callers may see of this machine's tasks and their sandboxes.
public final class Rights {

    private static final Pattern SANDBOX =
            Pattern.compile(
                    "/frameworks/([^/]+)/executors/([^/]+)/runs/[^/]+(?:/.*)?$", Pattern.DOTALL);

    private final Access access;
    private final Supplier<Stream<AgentTask>> tasks;
    private final Supplier<String> agent;

    /// Rights over these tasks.
    ///
    /// @param tasks those that are held, and those of which something is remembered
    /// @param agent this agent's id; empty while it has none
    Rights(Access access, Supplier<Stream<AgentTask>> tasks, Supplier<String> agent) {
        this.access = access;
        this.tasks = tasks;
        this.agent = agent;
    }

    /// Which tasks the caller sees. For one request and one thread.
    Predicate<AgentTask> view(Caller caller) {
        var sight = access.sight(caller, Action.VIEW_TASK);
        return task -> sight.isAlways() || sight.test(target(task));
    }

    /// Which tasks' containers the caller sees. For one request and one thread.
    Predicate<AgentTask> containers(Caller caller) {
        var sight = access.sight(caller, Action.VIEW_CONTAINER);
        return task -> sight.isAlways() || sight.test(target(TargetKind.CONTAINERS, task));
    }

    /// Of which roles the caller sees what is theirs. For one request and one thread.
    Predicate<Role> roles(Caller caller) {
        var sight = access.sight(caller, Action.VIEW_ROLE);
        return role ->
                sight.isAlways()
                        || sight.test(Target.of(TargetKind.ROLES, Attribute.ROLE, role.name()));
    }

    /// May the caller read this file, the agent's log or one in a sandbox?
    Verdict file(Caller caller, String path) {
        return path.equals(LogName.NAME)
                ? decide(caller, Action.ACCESS_MESOS_LOG)
                : sandbox(caller, path);
    }

    /// May the caller read what is at this path? A path that is no sandbox's is nobody's task, and
    /// may be read by those who may read every sandbox.
    Verdict sandbox(Caller caller, String path) {
        return access.decide(caller, Action.ACCESS_SANDBOX, sandbox(path));
    }

    /// May the caller do this to the agent as a whole?
    Verdict decide(Caller caller, Action action) {
        return access.decide(caller, action, Target.of(action.target()));
    }

    /// Of a task that is forgotten, only its names are known: rules that ask for more do not match.
    private Target sandbox(String path) {
        var matcher = SANDBOX.matcher(path);
        if (!matcher.find()) return Target.of(TargetKind.TASKS);
        var framework = matcher.group(1);
        var name = matcher.group(2);
        return tasks.get()
                .filter(task ->
                        task.key().framework().value().equals(framework)
                                && WireViews.executorId(task).equals(name))
                .findFirst()
                .map(this::target)
                .orElseGet(() ->
                        Target.of(TargetKind.TASKS, Attribute.FRAMEWORK, framework)
                                .and(Attribute.TASK, name)
                                .and(Attribute.AGENT, agent.get()));
    }

    private Target target(AgentTask task) {
        return target(TargetKind.TASKS, task);
    }

    private Target target(TargetKind kind, AgentTask task) {
        var info = WireViews.taskInfo(task);
        var framework = WireViews.frameworkInfo(task);
        var target =
                Target.of(kind, Attribute.ROLE, role(info, framework))
                        .and(Attribute.USER, user(info, framework))
                        .and(Attribute.FRAMEWORK, task.key().framework().value())
                        .and(Attribute.TASK, task.key().task().value())
                        .and(Attribute.AGENT, agent.get());
        var service = info.getDiscovery().getName();
        if (!service.isEmpty()) target = target.and(Attribute.SERVICE, service);
        var principal = framework.getPrincipal();
        return principal.isEmpty() ? target : target.and(Attribute.PRINCIPAL, principal);
    }

    /// The role that its resources are allocated to; an older framework has but one.
    @SuppressWarnings("deprecation") // a framework without MULTI_ROLE has no other way to say it
    private static String role(TaskInfo task, FrameworkInfo framework) {
        return task.getResourcesList().stream()
                .map(resource -> resource.getAllocationInfo().getRole())
                .filter(role -> !role.isEmpty())
                .findFirst()
                .or(() -> Optional.of(framework.getRole()).filter(role -> !role.isEmpty()))
                .or(() -> framework.getRolesList().stream().findFirst())
                .orElse("*");
    }

    private static String user(TaskInfo task, FrameworkInfo framework) {
        return task.getCommand().hasUser() ? task.getCommand().getUser() : framework.getUser();
    }
}
