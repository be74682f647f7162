package io.meseta.simulator.nodes;

import io.meseta.agent.core.executor.ExecutorSpec;
import io.meseta.agent.core.executor.ExecutorSpec.Kind;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.model.ExecutorKey;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.util.List;

/// What the master orders, as the agent's core knows it.
final class Specs {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration REGISTER_WITHIN = Duration.ofMinutes(1);

    private Specs() {}

    static TaskSpec task(
            FrameworkId framework,
            FrameworkProfile profile,
            io.meseta.master.core.task.TaskSpec task) {
        return new TaskSpec(
                new TaskKey(framework, task.id()),
                TaskSpec.KILL_GRACE,
                TaskSpec.UNLIMITED,
                profile.can(FrameworkCapability.TASK_KILLING_STATE),
                Opaque.EMPTY,
                Opaque.EMPTY);
    }

    static Order launch(Word.Launch launch) {
        var task = task(launch.framework(), launch.profile(), launch.task());
        return launch.task()
                .home()
                .executorId()
                .<Order>map(id ->
                        new Order.LaunchIn(
                                executor(new ExecutorKey(launch.framework(), id)),
                                List.of(task),
                                false))
                .orElseGet(() -> new Order.Launch(task));
    }

    static Order group(Word.LaunchGroup group) {
        var tasks =
                group.tasks().stream()
                        .map(task -> task(group.framework(), group.profile(), task))
                        .toList();
        var executor = executor(new ExecutorKey(group.framework(), group.executor().id()));
        return new Order.LaunchIn(executor, tasks, true);
    }

    private static ExecutorSpec executor(ExecutorKey key) {
        return new ExecutorSpec(
                key,
                Proposals.isOwn(key.executor()) ? Kind.CUSTOM : Kind.BUILT_IN,
                PATIENCE,
                REGISTER_WITHIN,
                Opaque.EMPTY,
                Opaque.EMPTY);
    }
}
