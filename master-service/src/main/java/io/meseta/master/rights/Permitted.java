package io.meseta.master.rights;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.views.Visibility;
import io.meseta.model.Role;
import io.meseta.platform.access.Sight;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// What the policies let one caller see.
///
/// A framework of several roles is seen by whoever may see it in one of them; its tasks and
/// executors, each in its own.
final class Permitted implements Visibility {

    private final Object audience;
    private final Sight frameworks;
    private final Sight tasks;
    private final Sight executors;
    private final Sight roles;
    private final Sight quotas;
    private final boolean showsFlags;
    private final BooleanSupplier holds;

    /// A [Sight] remembers its verdicts and is for one thread at a time.
    private final ReentrantLock lock = new ReentrantLock();

    /// What the caller may do to the things of one list each.
    record Sights(Sight frameworks, Sight tasks, Sight executors, Sight roles, Sight quotas) {

        /// Whether nothing is hidden.
        boolean areAlways() {
            return frameworks.isAlways()
                    && tasks.isAlways()
                    && executors.isAlways()
                    && roles.isAlways()
                    && quotas.isAlways();
        }
    }

    /// @param audience see [Visibility#audience]
    /// @param holds whether the policies are still those that the sights were made from
    Permitted(Object audience, Sights sights, boolean showsFlags, BooleanSupplier holds) {
        this.audience = audience;
        this.frameworks = sights.frameworks();
        this.tasks = sights.tasks();
        this.executors = sights.executors();
        this.roles = sights.roles();
        this.quotas = sights.quotas();
        this.showsFlags = showsFlags;
        this.holds = holds;
    }

    @Override
    public Object audience() {
        return audience;
    }

    /// Machines are no secret to whoever may ask at all; what runs there may be.
    @Override
    public boolean shows(Agent agent) {
        return true;
    }

    @Override
    public boolean shows(Framework framework) {
        if (frameworks.isAlways()) return true;
        if (frameworks.isNever()) return false;
        lock.lock();
        try {
            return Targets.framework(framework).anyMatch(frameworks);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean shows(Task task, Optional<Framework> owner) {
        if (tasks.isAlways() && frameworks.isAlways()) return true;
        if (tasks.isNever() || frameworks.isNever() || owner.isEmpty()) return false;
        lock.lock();
        try {
            return shows(owner.get(), task.spec().role())
                    && tasks.test(Targets.task(owner.get().profile(), task));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean shows(Executor executor, Framework owner) {
        if (executors.isAlways() && frameworks.isAlways()) return true;
        if (executors.isNever() || frameworks.isNever()) return false;
        lock.lock();
        try {
            return shows(owner, executor.role())
                    && executors.test(Targets.executor(owner.profile(), executor));
        } finally {
            lock.unlock();
        }
    }

    /// Whoever may not see a framework may not see what it runs.
    private boolean shows(Framework framework, Role role) {
        return frameworks.isAlways() || Targets.framework(framework, role).anyMatch(frameworks);
    }

    @Override
    public boolean shows(Role role) {
        return shows(role, roles);
    }

    @Override
    public boolean showsQuota(Role role) {
        return shows(role, quotas);
    }

    private boolean shows(Role role, Sight seen) {
        if (seen.isAlways()) return true;
        if (seen.isNever()) return false;
        lock.lock();
        try {
            return seen.test(Targets.role(role));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean showsFlags() {
        return showsFlags;
    }

    @Override
    public boolean holds() {
        return holds.getAsBoolean();
    }
}
