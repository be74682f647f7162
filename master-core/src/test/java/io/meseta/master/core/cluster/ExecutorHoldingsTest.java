package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.Refusal.OperationConflicts;
import io.meseta.master.core.cluster.Refusal.OperationInvalid;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What executors hold counts as what tasks hold, and what is launched together is looked at piece
/// by piece.
final class ExecutorHoldingsTest {

    private static final Reservation OURS = Reservation.ofDynamic(Play.DEV);
    private static final Resources CPU = Resources.parse("cpus:1");
    private static final Resources HUGE =
            Resources.of(new Resource(ResourceKind.plain("cpus"), new Scalar(Long.MAX_VALUE)));

    private final Play play = new Play();

    private AgentId agent(Resources resources) {
        return play.greet(Optional.empty(), able(resources), 0);
    }

    private static AgentProfile able(Resources resources) {
        var capabilities = EnumSet.allOf(AgentCapability.class);
        return new AgentProfile("host", 5051, resources, capabilities, "1", Opaque.EMPTY);
    }

    private FrameworkId framework() {
        return play.framework(
                Play.profile(
                        Duration.ofMinutes(1),
                        FrameworkCapability.PARTITION_AWARE,
                        FrameworkCapability.RESERVATION_REFINEMENT,
                        FrameworkCapability.SHARED_RESOURCES));
    }

    private static Resource volume(String id, long units, boolean shared) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        var disk = new Disk(Optional.of(persistence), Optional.empty());
        return new Resource(
                new ResourceKind(
                        "disk", List.of(OURS), Optional.of(disk), false, shared, Optional.empty()),
                Scalar.ofUnits(units));
    }

    private static ExecutorSpec executor(Resources resources) {
        return new ExecutorSpec(new ExecutorId("e"), resources, Opaque.EMPTY);
    }

    private static TaskSpec member(String id, Resources resources, boolean isGrouped) {
        return new TaskSpec(
                new TaskId(id),
                id,
                Play.DEV,
                resources,
                Opaque.EMPTY,
                new Home.In(new ExecutorId("e"), isGrouped));
    }

    private void launch(FrameworkId framework, Resources executor, Resources task) {
        var offer = play.offer(framework);
        var proposal =
                new Proposal.Wellformed(
                        member("a", task, false),
                        offer.agent(),
                        "",
                        Optional.of(executor(executor)));
        accept(framework, new Operation.Launch(List.of(proposal)));
    }

    private void launchGroup(FrameworkId framework, Resources executor, Resources... tasks) {
        var offer = play.offer(framework);
        var members = new ArrayList<Proposal.Wellformed>();
        for (var task : tasks)
            members.add(
                    new Proposal.Wellformed(
                            member("t" + members.size(), task, true), offer.agent()));
        accept(framework, new Operation.LaunchGroup(executor(executor), members));
    }

    private void accept(FrameworkId framework, Operation operation) {
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(play.offer(framework).id()),
                        List.of(operation),
                        Duration.ZERO));
    }

    private static OperationSpec destroy(Resource volume) {
        return new OperationSpec(
                OperationType.DESTROY, Conversion.destroying(List.of(volume)), Opaque.EMPTY);
    }

    private void assertRefused(FrameworkId framework, String words) {
        assertThat(play.cluster().tasks().size()).isZero();
        assertThat(play.cluster().tasks().executors().all()).isEmpty();
        assertThat(play.updates(framework))
                .isNotEmpty()
                .allSatisfy(status -> {
                    assertThat(status.state()).isEqualTo(TaskState.TASK_ERROR);
                    assertThat(status.message()).contains(words);
                });
    }

    @Test
    void givesOnePortToOneOfAGroupOnly() {
        agent(Resources.parse("cpus:4;ports:[31000-31009]"));
        var framework = framework();
        var port = Resources.parse("cpus:1;ports:[31000-31000]");

        launchGroup(framework, CPU, port, port);

        assertRefused(
                framework, " required by task group and its executor are more than available");
    }

    @Test
    void givesOnePortToATaskOrToItsExecutor() {
        agent(Resources.parse("cpus:4;ports:[31000-31009]"));
        var framework = framework();
        var port = Resources.parse("cpus:1;ports:[31000-31000]");

        launch(framework, port, port);

        assertRefused(framework, " required by task and its executor is more than available");
    }

    @Test
    void refusesWhatHasNoSum() {
        agent(Resources.parse("cpus:4"));
        var framework = framework();

        launchGroup(framework, HUGE, HUGE, HUGE);
        assertRefused(framework, "Total resources cpus(allocated: dev):");

        launch(framework, HUGE, HUGE);
        assertRefused(framework, "Total resources cpus(allocated: dev):");
    }

    @Test
    void refusesOneSharedVolumeInTwoSizes() {
        agent(Resources.parse("cpus:4").plus(Resources.of(volume("v", 100, true))));
        var framework = framework();

        launchGroup(
                framework,
                CPU,
                CPU.plus(Resources.of(volume("v", 100, true))),
                CPU.plus(Resources.of(volume("v", 50, true))));

        assertRefused(
                framework, " required by task group and its executor are more than available");
    }

    @Test
    void letsAGroupShareAVolume() {
        var shared = Resources.of(volume("v", 100, true));
        agent(Resources.parse("cpus:4").plus(shared));
        var framework = framework();

        launchGroup(framework, CPU, CPU.plus(shared), CPU.plus(shared));

        assertThat(play.cluster().tasks().size()).isEqualTo(2);
    }

    @Test
    void destroysNoVolumeOfAnExecutorForAnOperator() {
        var volume = volume("v", 100, false);
        var agent = agent(Resources.parse("cpus:4").plus(Resources.of(volume)));
        var framework = framework();
        launch(framework, Resources.of(volume), CPU);
        play.finish(
                play.cluster().tasks().all().findFirst().orElseThrow().key(),
                TaskState.TASK_FINISHED,
                1);

        assertThat(play.refused(new Command.Operate(agent, destroy(volume))))
                .isEqualTo(new OperationInvalid("Persistent volumes in use"));
    }

    @Test
    void releasesNothingThatAnExecutorHolds() {
        var reserved = new Resource(ResourceKind.plain("cpus").reserved(OURS), Scalar.ofUnits(2));
        var agent = agent(Resources.parse("cpus:4").plus(Resources.of(reserved)));
        var framework = framework();
        launch(framework, Resources.of(reserved), CPU);

        var refused =
                play.refused(
                        new Command.Operate(
                                agent,
                                new OperationSpec(
                                        OperationType.UNRESERVE,
                                        Conversion.unreserving(List.of(reserved)),
                                        Opaque.EMPTY)));

        assertThat(((OperationConflicts) refused).problem()).contains(" does not contain ");
    }

    @Test
    void takesNoPartOfAVolumeForAnExecutor() {
        agent(Resources.parse("cpus:4").plus(Resources.of(volume("v", 100, false))));
        var framework = framework();

        launch(framework, Resources.of(volume("v", 50, false)), CPU);

        assertRefused(framework, " required by task and its executor is more than available");
    }

    @Test
    void letsNoAgentResizeASharedVolumeThatAnExecutorHolds() {
        var agent = agent(Resources.parse("cpus:4").plus(Resources.of(volume("v", 100, true))));
        var framework = framework();
        launch(framework, Resources.of(volume("v", 100, true)), CPU);
        var smaller = Resources.parse("cpus:4").plus(Resources.of(volume("v", 50, true)));

        var refused =
                play.refused(
                        new Command.Greet(
                                Optional.of(agent),
                                able(smaller),
                                new LinkId("again"),
                                new Command.Recollection(play.cluster().reign().epoch(), 1),
                                List.of()));

        assertThat(refused).isInstanceOf(Refusal.VolumeResized.class);
    }
}
