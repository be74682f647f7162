package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.model.FrameworkId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is asked of an executor that a task brings along; the rest is as for groups.
final class ExecutorChecksTest {

    @Test
    void takesAnExecutorThatSaysNoMoreThanItMust() {
        assertThat(problem(executor())).isEmpty();
        assertThat(problem(executor().setType(ExecutorInfo.Type.CUSTOM))).isEmpty();
        assertThat(problem(executor().setFrameworkId(FrameworkID.newBuilder().setValue("f"))))
                .isEmpty();
    }

    @Test
    void refusesTheBuiltInExecutorForATaskAlone() {
        assertThat(problem(executor().setType(ExecutorInfo.Type.DEFAULT)))
                .contains("'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
        assertThat(problem(executor().setType(ExecutorInfo.Type.DEFAULT).clearCommand()))
                .contains("'ExecutorInfo.type' must be 'CUSTOM'");
    }

    @Test
    void wantsACommand() {
        assertThat(problem(executor().clearCommand()))
                .contains("'ExecutorInfo.command' must be set");
        assertThat(problem(executor().setType(ExecutorInfo.Type.CUSTOM).clearCommand()))
                .contains("'ExecutorInfo.command' must be set for 'CUSTOM' executor");
    }

    @Test
    void refusesAnExecutorOfAnotherFramework() {
        assertThat(problem(executor().setFrameworkId(FrameworkID.newBuilder().setValue("g"))))
                .contains("ExecutorInfo has an invalid FrameworkID (Actual: g vs Expected: f)");
    }

    @Test
    void refusesSharedCgroups() {
        var container = ContainerInfo.newBuilder().setType(ContainerInfo.Type.MESOS);
        container.getLinuxInfoBuilder().setShareCgroups(true);

        assertThat(problem(executor().setContainer(container)))
                .contains(
                        "The 'share_cgroups' field cannot be set to 'true' on executor containers");
    }

    @Test
    void refusesOnePortForBothATaskAndItsExecutor() {
        var task =
                TaskInfo.newBuilder()
                        .addResources(Samples.ports(31000, 31001))
                        .setExecutor(executor().addResources(Samples.ports(31001, 31002)))
                        .buildPartial();
        var text = Optional.<String>empty();
        try {
            JointUse.check(task);
        } catch (Unacceptable invalid) {
            text = Optional.of(invalid.getMessage());
        }

        assertThat(text)
                .contains(
                        "There are overlapping resources in the task resources"
                                + " ports:[31000-31001] and executor resources"
                                + " ports:[31001-31002]");
    }

    private static ExecutorInfo.Builder executor() {
        return ExecutorInfo.newBuilder()
                .setExecutorId(ExecutorID.newBuilder().setValue("e"))
                .setCommand(CommandInfo.newBuilder().setValue("./executor"));
    }

    private static Optional<String> problem(ExecutorInfo.Builder executor) {
        try {
            ExecutorChecks.checkTasks(executor.build(), new FrameworkId("f"));
            return Optional.empty();
        } catch (Unacceptable invalid) {
            return Optional.of(invalid.getMessage());
        }
    }
}
