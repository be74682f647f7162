package io.meseta.master.rights;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.task.Task;
import io.meseta.model.FrameworkId;
import io.meseta.platform.access.Sight;
import java.util.Optional;

/// What one caller sees of one state of the cluster. For one request and one thread.
///
/// A framework of several roles is seen by whoever may see it in one of them; its tasks, each in
/// its own.
public final class View {

    private final Cluster cluster;
    private final Sight frameworks;
    private final Sight tasks;
    private final boolean seesFlags;

    View(Cluster cluster, Sight frameworks, Sight tasks, boolean seesFlags) {
        this.cluster = cluster;
        this.frameworks = frameworks;
        this.tasks = tasks;
        this.seesFlags = seesFlags;
    }

    public boolean sees(Framework framework) {
        if (frameworks.isAlways()) return true;
        return !frameworks.isNever() && Targets.framework(framework).anyMatch(frameworks);
    }

    public boolean sees(Task task) {
        if (tasks.isAlways()) return true;
        if (tasks.isNever()) return false;
        return profile(task.key().framework())
                .map(profile -> tasks.test(Targets.task(profile, task)))
                .orElse(false);
    }

    /// Whether settings of this master are for the caller's eyes.
    public boolean seesFlags() {
        return seesFlags;
    }

    private Optional<FrameworkProfile> profile(FrameworkId id) {
        return cluster.framework(id)
                .or(() ->
                        cluster.completed().frameworks().stream()
                                .map(ended -> ended.framework())
                                .filter(each -> each.id().equals(id))
                                .findFirst())
                .map(Framework::profile);
    }
}
