package io.meseta.master.rights;

import io.meseta.authorization.Action;
import io.meseta.authorization.Attribute;
import io.meseta.authorization.RuleId;
import io.meseta.authorization.Target;
import io.meseta.authorization.TargetKind;
import io.meseta.authorization.Verdict;
import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.task.Task;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.FrameworkId;
import io.meseta.model.Principal;
import io.meseta.model.Role;
import io.meseta.platform.access.Access;
import io.meseta.platform.identity.Caller;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides what depends on a call's body, or on what there is in the cluster.
public final class Rights {

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
        return access.decide(
                caller, Action.RUN_TASK, Targets.task(profile, framework, task, role));
    }

    /// May the caller end this task? Whoever might run it may, and whoever may end its framework.
    public Verdict kill(Caller caller, Framework framework, Task task) {
        var asRunner =
                access.decide(
                        caller, Action.RUN_TASK, Targets.task(framework.profile(), task));
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

    public Verdict viewFlags(Caller caller) {
        return access.decide(caller, Action.VIEW_FLAGS, Target.of(TargetKind.CLUSTER));
    }

    /// What the caller sees of this state.
    public View view(Caller caller, Cluster cluster) {
        return new View(
                cluster,
                access.sight(caller, Action.VIEW_FRAMEWORK),
                access.sight(caller, Action.VIEW_TASK),
                viewFlags(caller).isAllowed());
    }

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
