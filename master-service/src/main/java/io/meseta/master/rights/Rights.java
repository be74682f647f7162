package io.meseta.master.rights;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Subject;
import io.meseta.authorization.Target;
import io.meseta.authorization.TargetKind;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.upkeep.MachineId;
import io.meseta.master.views.Visibility;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import io.meseta.model.conversion.OperationType;
import io.meseta.platform.access.Access;
import io.meseta.platform.identity.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Decides what depends on a call's body, or on what there is in the cluster.
public final class Rights {

    /// How long verdicts about lists are used.
    static final Duration SIGHT_MAX = Duration.ofMinutes(10);

    private final Access access;

    public Rights(Access access) {
        this.access = access;
    }

    /// The caller as the core knows principals; empty where nobody is asked.
    public static Optional<Principal> principal(Caller caller) {
        return caller.isAuthenticated()
                ? Optional.of(new Principal(caller.principal()))
                : Optional.empty();
    }

    /// May the caller have a framework in all of these roles?
    public Verdict register(Caller caller, FrameworkProfile profile) {
        return inAll(caller, Action.REGISTER_FRAMEWORK, Targets.framework(profile, ""));
    }

    /// May the caller end this framework?
    public Verdict tearDown(Caller caller, Framework framework) {
        return inAll(caller, Action.TEARDOWN_FRAMEWORK, Targets.framework(framework));
    }

    /// May the caller have this task run, as its user and in this role?
    public Verdict run(
            Caller caller,
            FrameworkProfile profile,
            FrameworkId framework,
            TaskInfo task,
            Role role) {
        return access.decide(caller, Action.RUN_TASK, Targets.task(profile, framework, task, role));
    }

    /// May the caller have this done to an agent's resources, in nobody's name?
    public Verdict operate(Caller caller, AgentId agent, OperationSpec spec) {
        if (spec.type() == OperationType.RESERVE) return reserve(caller, agent, spec);
        return inAll(caller, action(spec), Targets.resources(agent, spec));
    }

    /// Each reservation that goes and each that comes is a matter of its own.
    private Verdict reserve(Caller caller, AgentId agent, OperationSpec spec) {
        var gone = Targets.released(agent, spec).toList();
        if (!gone.isEmpty()) {
            var verdict = inAll(caller, Action.UNRESERVE_RESOURCES, gone.stream());
            if (!verdict.isAllowed()) return verdict;
        }
        return inAll(caller, Action.RESERVE_RESOURCES, Targets.reserved(agent, spec));
    }

    /// May the caller have this done to resources?
    public Verdict operate(Caller caller, FrameworkId framework, OperationSpec spec) {
        return inAll(caller, action(spec), Targets.resources(framework, spec));
    }

    private static Action action(OperationSpec spec) {
        return switch (spec.type()) {
            case RESERVE -> Action.RESERVE_RESOURCES;
            case UNRESERVE -> Action.UNRESERVE_RESOURCES;
            case CREATE -> Action.CREATE_VOLUME;
            case DESTROY -> Action.DESTROY_VOLUME;
            case GROW_VOLUME, SHRINK_VOLUME -> Action.RESIZE_VOLUME;
        };
    }

    /// May the caller end this task? Whoever might run it may, and whoever may end its framework.
    public Verdict kill(Caller caller, Framework framework, Task task) {
        var asRunner =
                access.decide(caller, Action.RUN_TASK, Targets.task(framework.profile(), task));
        if (asRunner.isAllowed()) return asRunner;
        var asOwner = tearDown(caller, framework);
        return asOwner.isAllowed() ? asOwner : asRunner;
    }

    /// May the caller bring a machine into the cluster?
    public Verdict join(Caller caller, String hostname, String agent) {
        var target = Target.of(TargetKind.AGENTS, Attribute.MACHINE, hostname);
        return access.decide(
                caller,
                Action.REGISTER_AGENT,
                agent.isEmpty() ? target : target.and(Attribute.AGENT, agent));
    }

    /// May the caller do this to the role?
    public Verdict decide(Caller caller, Action action, Role role) {
        return access.decide(caller, action, Targets.role(role));
    }

    /// To which roles may the caller do this? For one request, and one thread.
    public Predicate<Role> roles(Caller caller, Action action) {
        if (caller.isOpen()) return _ -> true;
        var sight = access.sight(caller, action);
        return role -> sight.test(Targets.role(role));
    }

    /// May the caller do this to a machine, or see this of it?
    public Verdict upkeep(Caller caller, Action action, MachineId machine) {
        var name = machine.hostname().isEmpty() ? machine.ip() : machine.hostname();
        return access.decide(
                caller, action, Target.of(TargetKind.MACHINES, Attribute.MACHINE, name));
    }

    /// May the caller do this to an agent?
    ///
    /// @param known empty for one that is not there
    public Verdict upkeep(Caller caller, Action action, AgentId id, Optional<Agent> known) {
        var target = Target.of(TargetKind.AGENTS, Attribute.AGENT, id.value());
        return access.decide(
                caller,
                action,
                known.map(agent -> target.and(Attribute.MACHINE, agent.profile().hostname()))
                        .orElse(target));
    }

    public Verdict viewFlags(Caller caller) {
        return access.decide(caller, Action.VIEW_FLAGS, Target.of(TargetKind.CLUSTER));
    }

    /// May the caller have this master log more, for a time?
    public Verdict setLogLevel(Caller caller) {
        return access.decide(caller, Action.SET_LOG_LEVEL, Target.of(TargetKind.CLUSTER));
    }

    /// May the caller read this master's log?
    public Verdict readLog(Caller caller) {
        return access.decide(caller, Action.ACCESS_MESOS_LOG, Target.of(TargetKind.CLUSTER));
    }

    /// What the caller may see, for as long as the policies stay as they are, and no longer than
    /// [#SIGHT_MAX]: a rule may ask for the time of day.
    public Visibility visibility(Caller caller) {
        if (caller.isOpen()) return Visibility.ALL;
        var sights =
                new Permitted.Sights(
                        access.sight(caller, Action.VIEW_FRAMEWORK),
                        access.sight(caller, Action.VIEW_TASK),
                        access.sight(caller, Action.VIEW_ROLE),
                        access.sight(caller, Action.GET_QUOTA));
        boolean seesFlags = viewFlags(caller).isAllowed();
        long version = access.version();
        boolean isEverything = sights.areAlways() && seesFlags;
        long until = System.nanoTime() + SIGHT_MAX.toNanos();
        return new Permitted(
                isEverything ? new Everybody(version) : new Somebody(caller.subject(), version),
                sights,
                seesFlags,
                () ->
                        access.version() == version
                                && (isEverything || System.nanoTime() - until < 0));
    }

    /// All who see everything see the same.
    private record Everybody(long version) {}

    private record Somebody(Subject subject, long version) {}

    /// The first denial; a framework has at least one role.
    private Verdict inAll(Caller caller, Action action, Stream<Target> targets) {
        Verdict last = new Verdict.Denied(RuleId.DEFAULT, 0, "There is no role to decide about");
        for (var target : targets.toList()) {
            last = access.decide(caller, action, target);
            if (!last.isAllowed()) return last;
        }
        return last;
    }
}
