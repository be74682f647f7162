package io.meseta.master.testing;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.executor.Executor;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.master.views.Visibility;
import io.meseta.model.Role;
import java.util.Optional;

/// Sees the frameworks of one role and their tasks.
public record OnlyRole(String role) implements Visibility {

    @Override
    public Object audience() {
        return role;
    }

    @Override
    public boolean shows(Agent agent) {
        return false;
    }

    @Override
    public boolean shows(Framework framework) {
        return framework.profile().roles().stream().anyMatch(each -> each.name().equals(role));
    }

    @Override
    public boolean shows(Task task, Optional<Framework> owner) {
        return owner.filter(this::shows).isPresent();
    }

    @Override
    public boolean showsQuota(Role other) {
        return other.name().equals(role);
    }

    @Override
    public boolean shows(Executor executor, Framework owner) {
        return executor.role().name().equals(role);
    }

    @Override
    public boolean shows(Role other) {
        return other.name().equals(role);
    }

    @Override
    public boolean showsFlags() {
        return false;
    }

    @Override
    public boolean holds() {
        return true;
    }
}
