package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.wire.Unacceptable;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.ContainerInfo;
import io.meseta.mesos.v1.ExecutorID;
import io.meseta.mesos.v1.ExecutorInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.HealthCheck;
import io.meseta.mesos.v1.LinuxInfo;
import io.meseta.mesos.v1.NetworkInfo;
import io.meseta.mesos.v1.Offer.Operation.LaunchGroup;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Resource.ReservationInfo;
import io.meseta.mesos.v1.Resource.RevocableInfo;
import io.meseta.mesos.v1.TaskGroupInfo;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.Volume;
import io.meseta.model.FrameworkId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each check of a group and of the executor that runs it, with its words.
final class GroupChecksTest {

    private static final String MIXED =
            "Task group and executor mix revocable and non-revocable resources: Cannot use both"
                    + " revocable and non-revocable 'cpus' at the same time";
    private static final String CGROUPS =
            "If set, the value of 'share_cgroups' must be the same for all tasks in each task group"
                    + " and under a single executor";

    @Test
    void acceptsAGroupThatIsAsItShouldBe() {
        assertThat(problem(executor(), task("a"), task("b"))).isEmpty();
        assertThat(problem(custom(), task("a"), task("b").setExecutor(custom()))).isEmpty();
    }

    @Test
    void refusesNothingAndTheSameTwice() {
        assertThat(problem(executor())).contains("Task group cannot be empty");
        assertThat(problem(executor(), task("a"), task("a"))).contains("Task has duplicate ID: a");
    }

    @Test
    void refusesMembersThatCannotBeNested() {
        var docker = ContainerInfo.newBuilder().setType(ContainerInfo.Type.DOCKER);
        var network =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.MESOS)
                        .addNetworkInfos(NetworkInfo.newBuilder().setName("net"));

        assertThat(problem(executor(), task("a").setContainer(docker)))
                .contains("Task 'a' is invalid: Docker ContainerInfo is not supported on the task");
        for (var type : List.of(HealthCheck.Type.HTTP, HealthCheck.Type.TCP))
            assertThat(
                            problem(
                                    executor(),
                                    task("a")
                                            .setContainer(network)
                                            .setHealthCheck(
                                                    HealthCheck.newBuilder().setType(type))))
                    .contains(
                            "Task 'a' is invalid: HTTP and TCP health checks are not supported for"
                                    + " nested containers not joining parent's network");
        assertThat(
                        problem(
                                executor(),
                                task("a")
                                        .setContainer(network)
                                        .setHealthCheck(
                                                HealthCheck.newBuilder()
                                                        .setType(HealthCheck.Type.COMMAND))))
                .isEmpty();
    }

    @Test
    void refusesLimitsOfOneWhereAllShareTheirCgroups() {
        var limited = task("a").putLimits("cpus", Value.Scalar.newBuilder().setValue(9).build());

        assertThat(problem(executor(), limited))
                .contains(
                        "Task 'a' is invalid: Resource limits may only be set for tasks within a"
                                + " task group when the 'share_cgroups' field is set to 'false'.");
        assertThat(problem(executor(), limited.setContainer(cgroups(true)))).isPresent();
        assertThat(problem(executor(), limited.setContainer(cgroups(false)))).isEmpty();
    }

    @Test
    void wantsAllTasksOfAnExecutorToShareTheirCgroupsOrNone() throws Unacceptable {
        var own = task("a").setContainer(cgroups(false)).build();
        var shared = task("b").setContainer(cgroups(true)).build();
        var silent = task("c").build();

        GroupChecks.checkCgroups(Stream.of(shared, silent));
        GroupChecks.checkCgroups(Stream.of(own, own));
        assertThat(complaint(() -> GroupChecks.checkCgroups(Stream.of(own, silent))))
                .contains(CGROUPS);
        assertThat(complaint(() -> GroupChecks.checkCgroups(Stream.of(shared, own))))
                .contains(CGROUPS);
    }

    @Test
    void refusesATaskThatNamesAnotherExecutor() {
        var other = executor().setExecutorId(ExecutorID.newBuilder().setValue("other"));

        assertThat(problem(executor(), task("a").setExecutor(other)))
                .contains("The `ExecutorInfo` of task 'a' is different from executor 'e'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", ".."})
    void refusesAnExecutorWithoutAProperId(String id) {
        assertThat(refused(each -> each.setExecutorId(ExecutorID.newBuilder().setValue(id))))
                .isPresent();
    }

    @Test
    void wantsAnExecutorToBeTheFrameworks() {
        assertThat(refused(ExecutorInfo.Builder::clearFrameworkId))
                .contains("'ExecutorInfo.framework_id' must be set");
        assertThat(refused(each -> each.setFrameworkId(FrameworkID.newBuilder().setValue("g"))))
                .contains("ExecutorInfo has an invalid FrameworkID (Actual: g vs Expected: f)");
    }

    @Test
    void wantsToKnowOfWhichTypeAnExecutorIs() {
        assertThat(refused(ExecutorInfo.Builder::clearType))
                .contains("'ExecutorInfo.type' must be set");
        assertThat(refused(each -> each.setType(ExecutorInfo.Type.UNKNOWN)))
                .contains("Unknown executor type");
        assertThat(refused(each -> each.setType(ExecutorInfo.Type.CUSTOM)))
                .contains("'ExecutorInfo.command' must be set for 'CUSTOM' executor");
        assertThat(refused(each -> each.setCommand(CommandInfo.getDefaultInstance())))
                .contains("'ExecutorInfo.command' must not be set for 'DEFAULT' executor");
    }

    @Test
    void refusesContainersThatAnExecutorCannotBeIn() {
        var docker =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.DOCKER)
                        .setDocker(ContainerInfo.DockerInfo.newBuilder().setImage("i"))
                        .build();
        var image = ContainerInfo.newBuilder().setType(ContainerInfo.Type.MESOS);
        image.getMesosBuilder().getImageBuilder().setType(io.meseta.mesos.v1.Image.Type.DOCKER);
        var volume =
                ContainerInfo.newBuilder()
                        .setType(ContainerInfo.Type.MESOS)
                        .addVolumes(
                                Volume.newBuilder().setContainerPath("p").setMode(Volume.Mode.RW));

        assertThat(refused(each -> each.setContainer(docker)))
                .contains("'ExecutorInfo.container.type' must be 'MESOS' for 'DEFAULT' executor");
        assertThat(refused(each -> each.setContainer(image)))
                .contains(
                        "'ExecutorInfo.container.mesos.image' must not be set for 'DEFAULT'"
                                + " executor");
        assertThat(problem(custom().setContainer(docker), task("a")))
                .contains("Docker ContainerInfo is not supported on the executor");
        assertThat(refused(each -> each.setContainer(volume)))
                .contains(
                        "Executor's `ContainerInfo` is invalid: Invalid volume: Only one of them"
                                + " should be set: 'host_path', 'image' and 'source'");
        assertThat(refused(each -> each.setContainer(cgroups(true))))
                .contains(
                        "The 'share_cgroups' field cannot be set to 'true' on executor containers");
        assertThat(refused(each -> each.setContainer(cgroups(false)))).isEmpty();
    }

    @Test
    void refusesACommandWithAnOddEnvironment() {
        var command = CommandInfo.newBuilder().setValue("x");
        command.getEnvironmentBuilder().addVariablesBuilder().setName("A");

        assertThat(problem(custom().setCommand(command), task("a")))
                .contains(
                        "Executor's `CommandInfo` is invalid: Environment variable 'A' of type"
                                + " 'VALUE' must have a value set");
    }

    @Test
    void refusesAGraceThatIsOverBeforeItBegins() {
        assertThat(
                        refused(each -> {
                            each.getShutdownGracePeriodBuilder().setNanoseconds(-1);
                            return each;
                        }))
                .contains("ExecutorInfo's 'shutdown_grace_period' must be non-negative");
    }

    @Test
    void wantsAnExecutorToHaveEnoughForItself() {
        assertThat(refusedWith(mem(32), disk(1)))
                .contains("Executor 'e' uses less CPUs (None) than the minimum required (0.01)");
        assertThat(refusedWith(cpus(0.005), mem(32), disk(1)))
                .contains("Executor 'e' uses less CPUs (0.005) than the minimum required (0.01)");
        assertThat(refusedWith(cpus(0.01), disk(1)))
                .contains("Executor 'e' uses less memory (None) than the minimum required (32MB)");
        assertThat(refusedWith(cpus(0.01), mem(31), disk(1)))
                .contains("Executor 'e' uses less memory (31MB) than the minimum required (32MB)");
        assertThat(refusedWith(cpus(0.01), mem(32))).contains("Executor 'e' uses no disk");
        assertThat(refusedWith(cpus(0.01), mem(32), disk(1))).isEmpty();
    }

    @Test
    void refusesResourcesThatAnExecutorCannotUse() {
        var gpu = Samples.scalar("gpus", 0.5);
        var revocable = cpus(1).toBuilder().setRevocable(RevocableInfo.getDefaultInstance());
        var shared = volume("v").toBuilder();
        shared.getSharedBuilder();

        assertThat(refusedWith(cpus(1), mem(32), disk(1), gpu))
                .contains(
                        "Executor uses invalid resources: Invalid 'gpus' resource: The 'gpus'"
                                + " resource must be an unsigned integer");
        assertThat(refusedWith(cpus(1), mem(32), disk(1), revocable.build()))
                .contains(
                        "Executor mixes revocable and non-revocable resources: Cannot use both"
                                + " revocable and non-revocable 'cpus' at the same time");
        assertThat(refusedWith(cpus(1), mem(32), volume("v"), volume("v")))
                .contains(
                        "Executor uses duplicate persistence ID: Persistence ID 'v' is not unique");
        assertThat(refusedWith(cpus(1), mem(32), shared.build()))
                .hasValueSatisfying(text ->
                        assertThat(text)
                                .startsWith("Executor resources ")
                                .endsWith(" should not contain any shared resources"));
    }

    @Test
    void refusesWhatTwoOfAGroupCannotBothUse() {
        var revocable = cpus(1).toBuilder().setRevocable(RevocableInfo.getDefaultInstance());
        var port = Samples.ports(31000, 31001);

        assertThat(problem(executor(), task("a", volume("v")), task("b", volume("v"))))
                .contains(
                        "Task group and executor use duplicate persistence ID: Persistence ID 'v'"
                                + " is not unique");
        assertThat(problem(executor(), task("a", revocable.build()))).contains(MIXED);
        assertThat(problem(executor(), task("a", port), task("b", Samples.ports(31001, 31002))))
                .contains(
                        "There are overlapping resources in the task group's task resources"
                                + " [ ports:[31000-31001], ports:[31001-31002] ] and/or executor"
                                + " resources cpus:0.1; disk:10; mem:32");
        assertThat(problem(executor().addResources(port), task("a", port))).isPresent();
        assertThat(problem(executor(), task("a", port), task("b", Samples.ports(31002, 31003))))
                .isEmpty();
    }

    @Test
    void letsAGroupShareAVolume() {
        var shared = volume("v").toBuilder();
        shared.getSharedBuilder();

        assertThat(problem(executor(), task("a", shared.build()), task("b", shared.build())))
                .isEmpty();
    }

    private static Optional<String> refused(UnaryOperator<ExecutorInfo.Builder> change) {
        return problem(change.apply(executor()), task("a"));
    }

    private static Optional<String> refusedWith(Resource... resources) {
        return problem(
                executor().clearResources().addAllResources(Arrays.asList(resources)),
                task("a", Samples.scalar("disk", 1)));
    }

    private static Optional<String> problem(
            ExecutorInfo.Builder executor, TaskInfo.Builder... tasks) {
        var group = TaskGroupInfo.newBuilder();
        for (var task : tasks) group.addTasks(task);
        var launch = LaunchGroup.newBuilder().setExecutor(executor).setTaskGroup(group).build();
        return complaint(() -> GroupChecks.check(launch, new FrameworkId("f")));
    }

    private interface Check {
        void run() throws Unacceptable;
    }

    private static Optional<String> complaint(Check check) {
        try {
            check.run();
            return Optional.empty();
        } catch (Unacceptable invalid) {
            return Optional.of(invalid.getMessage());
        }
    }

    private static ExecutorInfo.Builder executor() {
        return ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .setExecutorId(ExecutorID.newBuilder().setValue("e"))
                .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                .addResources(cpus(0.1))
                .addResources(mem(32))
                .addResources(disk(10));
    }

    private static ExecutorInfo.Builder custom() {
        return executor()
                .setType(ExecutorInfo.Type.CUSTOM)
                .setCommand(CommandInfo.newBuilder().setValue("./executor"));
    }

    private static TaskInfo.Builder task(String id, Resource... resources) {
        var all = resources.length == 0 ? List.of(cpus(1)) : Arrays.asList(resources);
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AgentID.newBuilder().setValue("a"))
                .setCommand(CommandInfo.newBuilder().setValue("true"))
                .addAllResources(all);
    }

    private static ContainerInfo cgroups(boolean isShared) {
        return ContainerInfo.newBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .setLinuxInfo(LinuxInfo.newBuilder().setShareCgroups(isShared))
                .build();
    }

    private static Resource cpus(double value) {
        return Samples.scalar("cpus", value);
    }

    private static Resource mem(double value) {
        return Samples.scalar("mem", value);
    }

    private static Resource disk(double value) {
        return Samples.scalar("disk", value);
    }

    private static Resource volume(String id) {
        var volume =
                disk(64).toBuilder()
                        .addReservations(
                                ReservationInfo.newBuilder()
                                        .setType(ReservationInfo.Type.DYNAMIC)
                                        .setRole("dev"));
        volume.getDiskBuilder().getPersistenceBuilder().setId(id);
        volume.getDiskBuilder().getVolumeBuilder().setContainerPath("data").setMode(Volume.Mode.RW);
        return volume.build();
    }
}
