package io.meseta.agent.containers;

import io.meseta.agent.images.TaskImages;
import io.meseta.agent.launch.LaunchFailure;

/// Whether this agent can run containers.
public sealed interface Containment {

    /// @param isForAll whether tasks that ask for nothing of the kind run in containers too
    record Able(Containers containers, ContainerWork work, TaskImages images, boolean isForAll)
            implements Containment {}

    /// @param why for whoever wants one
    record Unable(String why) implements Containment {}

    /// Whether it is to run in a container, here.
    default boolean isFor(ContainerTask task) {
        return task.isNeeded() || (this instanceof Able able && able.isForAll());
    }

    /// For whatever can't do without.
    default Able able() {
        return switch (this) {
            case Able able -> able;
            case Unable(var why) ->
                    throw new LaunchFailure("this agent can't run containers: " + why);
        };
    }
}
