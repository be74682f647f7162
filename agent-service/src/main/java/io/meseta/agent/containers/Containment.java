package io.meseta.agent.containers;

import com.google.protobuf.ByteString;
import io.meseta.agent.images.TaskImages;
import io.meseta.agent.launch.LaunchFailure;
import java.util.function.UnaryOperator;

/// Whether this agent can run containers.
public sealed interface Containment {

    /// @param isForAll whether tasks that ask for nothing of the kind run in containers too
    /// @param secrets opens what was sealed for this agent
    record Able(
            Containers containers,
            ContainerWork work,
            TaskImages images,
            boolean isForAll,
            Secrets secrets)
            implements Containment {}

    /// @param why for whoever wants one
    record Unable(String why) implements Containment {}

    /// Whether it is to run in a container, here.
    default boolean isFor(ContainerTask task) {
        return task.isNeeded() || (this instanceof Able able && able.isForAll());
    }

    /// What makes secrets readable that were sealed for this agent; there are none for one that has
    /// no use for them.
    default UnaryOperator<ByteString> opening() {
        return switch (this) {
            case Able able -> able.secrets();
            case Unable _ -> UnaryOperator.identity();
        };
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
