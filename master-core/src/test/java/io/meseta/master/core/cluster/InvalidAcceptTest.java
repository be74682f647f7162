package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Operation.Launch;
import io.meseta.master.core.cluster.Operation.LaunchGroup;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// ACCEPTs of which nothing, or not everything, can be done.
final class InvalidAcceptTest extends OperationsScene {

    @Test
    void saysOfEachPartThatItsOffersAreInvalid() {
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(),
                        List.of(
                                group(agent, "e", "one", "two"),
                                convert("c", OperationType.RESERVE, reserved("cpus", 1)),
                                new Operation.Invalid(
                                        Optional.of(new OperationId("i")), "not here")),
                        Duration.ZERO));

        assertThat(play.updates(framework))
                .hasSize(2)
                .allMatch(status -> status.state() == TaskState.TASK_DROPPED)
                .allMatch(status ->
                        status.message()
                                .equals(
                                        "Task launched with invalid offers: No offers"
                                                + " specified"));
        assertThat(statuses())
                .hasSize(2)
                .allMatch(status -> status.state() == OperationState.OPERATION_ERROR)
                .extracting(OperationStatus::message)
                .containsOnly("Operation attempted with invalid offers: No offers specified");
    }

    @Test
    void takesOffersOfOneRoleOnly() {
        var both = twoRoles();
        var id = play.framework(both);
        play.put(new Command.Teardown(play.caller(framework)));
        var offer = play.offer(id);
        accept(id, offer, task("a", offer, "cpus:1;mem:64"));
        play.finish(new TaskKey(id, new TaskId("a")), TaskState.TASK_FINISHED, 3);
        var offers = play.offersOf(id);
        assertThat(offers).extracting(each -> each.grant().role()).doesNotHaveDuplicates();
        assertThat(offers).hasSize(2);

        play.accept(id, offers, proposal("b", offers.getFirst(), "cpus:1;mem:64"));

        assertThat(play.updates(id).getFirst().message())
                .isEqualTo(
                        "Task launched with invalid offers: Aggregated offers must be allocated"
                                + " to the same role");
    }

    @Test
    void refusesAGroupForOneOfItsTasks() {
        accept(group(new AgentId("S9"), "e", "one", "two"));

        assertThat(play.cluster().tasks().size()).isZero();
        assertThat(play.updates(framework))
                .hasSize(2)
                .allMatch(status ->
                        status.message().startsWith("Task 'one' is invalid: Task uses invalid"));
    }

    @Test
    void refusesAGroupWithAnotherExecutorOfThatName() {
        accept(group(agent, "e", "one"));

        var offer = play.offer(framework);
        var other =
                new ExecutorSpec(new ExecutorId("e"), Resources.EMPTY, Opaque.of(new byte[] {1}));
        accept(offer, new LaunchGroup(other, group(agent, "e", "two").tasks()));

        assertThat(play.cluster().tasks().size()).isEqualTo(1);
        assertThat(play.updates(framework).getFirst().message())
                .startsWith("ExecutorInfo is not compatible with existing ExecutorInfo");
    }

    @Test
    void refusesTheIdOfATaskThatRuns() {
        var offer = play.offer(framework);
        accept(offer, task("t", offer, "cpus:1;mem:64"));
        var next = play.offer(framework);

        accept(next, task("t", next, "cpus:1;mem:64"));

        assertThat(play.updates(framework).getFirst().message())
                .isEqualTo("Task has duplicate ID: t");
        assertThat(play.cluster().tasks().size()).isEqualTo(1);
    }

    private void accept(FrameworkId who, Offer offer, Operation operation) {
        play.put(
                new Command.Accept(
                        play.caller(who), List.of(offer.id()), List.of(operation), Duration.ZERO));
    }

    private static Launch task(String id, Offer offer, String resources) {
        return new Launch(List.of(proposal(id, offer, resources)));
    }

    private static Proposal.Wellformed proposal(String id, Offer offer, String resources) {
        var spec =
                new TaskSpec(
                        new TaskId(id),
                        id,
                        offer.grant().role(),
                        Resources.parse(resources),
                        Opaque.EMPTY);
        return new Proposal.Wellformed(spec, offer.agent());
    }

    private static FrameworkProfile twoRoles() {
        return new FrameworkProfile(
                new FrameworkProfile.Identity("root", Optional.empty(), true),
                "in two roles",
                new TreeSet<>(Set.of(Play.DEV, new Role("ops"))),
                Set.of(FrameworkCapability.PARTITION_AWARE, FrameworkCapability.MULTI_ROLE),
                Duration.ofMinutes(1),
                Opaque.EMPTY);
    }
}
