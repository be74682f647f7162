package io.meseta.master.views;

import io.meseta.master.core.agent.Agent;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.Task;
import io.meseta.model.Role;
import java.util.Optional;

/// What one caller may see. Asked by many threads at once, often: it answers without waiting.
public interface Visibility {

    /// Sees everything: all callers in open mode, and whoever has the right to.
    Visibility ALL = new Everything();

    /// Callers whose audiences are equal see the same, so what is rendered for one is shown to all
    /// of them. Equal audiences must give equal verdicts for as long as both hold.
    Object audience();

    boolean shows(Agent agent);

    boolean shows(Framework framework);

    /// @param owner the task's framework; empty if even its memory is gone
    boolean shows(Task task, Optional<Framework> owner);

    /// Whether the caller may know what the role has: what is reserved for it, or allocated to it.
    boolean shows(Role role);

    /// Whether the caller may know what the role is promised and what it may have at most.
    boolean showsQuota(Role role);

    /// Whether settings of this master are for the caller's eyes.
    boolean showsFlags();

    /// Whether these are still the verdicts. Once they are not, for instance since the policies
    /// have changed, streams that were opened with them end, and their readers come again.
    boolean holds();

    /// Sees everything.
    record Everything() implements Visibility {

        @Override
        public Object audience() {
            return this;
        }

        @Override
        public boolean shows(Agent agent) {
            return true;
        }

        @Override
        public boolean shows(Framework framework) {
            return true;
        }

        @Override
        public boolean shows(Task task, Optional<Framework> owner) {
            return true;
        }

        @Override
        public boolean shows(Role role) {
            return true;
        }

        @Override
        public boolean showsQuota(Role role) {
            return true;
        }

        @Override
        public boolean showsFlags() {
            return true;
        }

        @Override
        public boolean holds() {
            return true;
        }
    }
}
