package io.meseta.master.rights;

import io.meseta.master.core.agent.Agent;
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
/// A framework of several roles is seen by whoever may see it in one of them; its tasks, each in
/// its own.
final class Permitted implements Visibility {

    private final Object audience;
    private final Sight frameworks;
    private final Sight tasks;
    private final Sight roles;
    private final boolean showsFlags;
    private final BooleanSupplier holds;

    /// A [Sight] remembers its verdicts and is for one thread at a time.
    private final ReentrantLock lock = new ReentrantLock();

    /// @param audience see [Visibility#audience]
    /// @param holds whether the policies are still those that the sights were made from
    Permitted(
            Object audience,
            Sight frameworks,
            Sight tasks,
            Sight roles,
            boolean showsFlags,
            BooleanSupplier holds) {
        this.audience = audience;
        this.frameworks = frameworks;
        this.tasks = tasks;
        this.roles = roles;
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
        if (tasks.isAlways()) return true;
        if (tasks.isNever() || owner.isEmpty()) return false;
        lock.lock();
        try {
            return tasks.test(Targets.task(owner.get().profile(), task));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean shows(Role role) {
        if (roles.isAlways()) return true;
        if (roles.isNever()) return false;
        lock.lock();
        try {
            return roles.test(Targets.role(role));
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
