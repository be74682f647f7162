package io.meseta.master.core.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Preemption.Cause;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.quota.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Tasks that end for others.
final class PreemptionTest extends PreemptionScene {

    @Test
    void hasATaskOfLowerPriorityEndForWhoHasWaited() {
        comesFirst(PROD, 10);
        var low = play.framework();
        var agent = play.agent(MACHINE);
        var task = running(low, "t", MACHINE);
        var high = asking("cpus:2;mem:512");

        play.pass(Duration.ofSeconds(4));
        assertThat(killed()).isEmpty();
        play.pass(Duration.ofSeconds(1));

        assertThat(killed()).containsExactly(task);
        var why = play.task(task).preemption().orElseThrow();
        assertThat(why.role()).isEqualTo(PROD);
        assertThat(why.framework()).contains(high);
        assertThat(why.cause()).isEqualTo(Cause.PRIORITY);
        assertThat(play.cluster().offers().keeps().on(agent)).isPresent();
    }

    @Test
    void passesOverWhatCanNotBeHadForWhatCan() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        asking("cpus:5", "cpus:2");

        play.pass(LONG);

        assertThat(killed()).containsExactly(task);
    }

    @Test
    void endsNoMoreWhileWhatHasEndedIsStillUnderWay() {
        var low = lowWithMachine();
        running(low, "one", "cpus:2;mem:1024");
        running(low, "other", "cpus:2;mem:1024");
        asking("cpus:2");
        play.pass(LONG);
        assertThat(killed()).hasSize(1);

        for (int i = 0; i < 100; i++) {
            play.pass(Duration.ofSeconds(10));
            assertThat(killed()).isEmpty();
        }
    }

    @Test
    void endsNothingWhereNoRoleComesFirst() {
        var low = play.framework();
        play.agent(MACHINE);
        running(low, "t", MACHINE);
        asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
        assertThat(play.cluster().nextDue()).isEmpty();
    }

    @Test
    void endsNothingOfTheSamePriority() {
        comesFirst(PROD, 0);
        var low = play.framework();
        play.agent(MACHINE);
        running(low, "t", MACHINE);
        asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void endsNothingForWhatCanNotBeHadEvenSo() {
        var low = lowWithMachine();
        running(low, "t", MACHINE);
        asking("cpus:5");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void endsNothingForWhatALimitForbids() {
        var low = lowWithMachine();
        running(low, "t", MACHINE);
        play.put(new Command.SetQuota(PROD, Quantities.of(Map.of("cpus", 1_000L)), true));
        asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void endsWhatIsLabelledAsLessImportant() {
        var low = lowWithMachine();
        var plain = running(low, "a", "cpus:2;mem:1024");
        play.pass(Duration.ofHours(1));
        var cheap = new TaskKey(low, new TaskId("b"));
        launch(low, labelled("b", Play.DEV, "cpus:2;mem:1024", -5));
        asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).containsExactly(cheap).doesNotContain(plain);
        assertThat(play.task(cheap).preemption().orElseThrow().own()).isEqualTo(new Priority(-5));
    }

    @Test
    void doesNotBelieveALabelThatSaysMoreThanTheRole() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:2;mem:1024");
        launch(low, labelled("b", Play.DEV, "cpus:2;mem:1024", 900));
        asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).hasSize(1);
    }

    @Test
    void endsTheYoungestAndNoMoreThanItTakes() {
        var low = lowWithMachine();
        running(low, "a", "cpus:2;mem:1024");
        play.pass(Duration.ofHours(1));
        var young = running(low, "b", "cpus:2;mem:1024");
        asking("cpus:1");

        play.pass(LONG);

        assertThat(killed()).containsExactly(young);
    }

    @Test
    void endsAGroupAsAWhole() {
        var low = lowWithMachine();
        var tasks = group(low, "cpus:2;mem:1024", "a", "b");
        asking("cpus:1");

        play.pass(LONG);

        assertThat(killed()).containsExactlyInAnyOrderElementsOf(tasks);
    }

    @Test
    void takesBackWhatARoleIsGuaranteedFromThoseWhoHaveIt() {
        play.put(new Command.ShareAs(PROD, Optional.of(new Sharing(true, Priority.NORMAL, true))));
        var low = play.framework();
        play.agent(MACHINE);
        var old = running(low, "old", "cpus:2;mem:1024");
        play.pass(Duration.ofHours(1));
        var young = running(low, "young", "cpus:2;mem:1024");
        play.put(new Command.SetQuota(PROD, Quantities.of(Map.of("cpus", 2_000L)), true));
        play.pass(LONG);
        assertThat(killed()).isEmpty();
        var high = highFramework();

        var all = new ArrayList<TaskKey>();
        for (int i = 0; i < 10; i++) {
            play.pass(Duration.ofSeconds(1));
            all.addAll(killed());
        }

        assertThat(all).containsExactly(young).doesNotContain(old);
        assertThat(play.task(young).preemption().orElseThrow().cause()).isEqualTo(Cause.GUARANTEE);
        play.report(young, TaskState.TASK_KILLED, 20);
        assertThat(play.offersOf(high)).hasSize(1);
        assertThat(play.offer(high).grant().resources().scalar("cpus")).isEqualTo(2_000);
    }

    @Test
    void leavesWhatTheVictimIsGuaranteedItself() {
        var low = lowWithMachine();
        play.put(new Command.SetQuota(Play.DEV, Quantities.of(Map.of("cpus", 4_000L)), true));
        running(low, "t", MACHINE);
        asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    private static TaskSpec labelled(String id, Role role, String resources, int priority) {
        return new TaskSpec(
                new TaskId(id),
                id,
                role,
                Resources.parse(resources),
                Opaque.EMPTY,
                new Home.Own(),
                Optional.of(new Priority(priority)));
    }

    private List<TaskKey> group(FrameworkId framework, String resources, String... ids) {
        var offer = play.offer(framework);
        var executor = new ExecutorSpec(new ExecutorId("e"), Resources.EMPTY, Opaque.EMPTY);
        var home = new Home.In(executor.id(), true);
        var members = new ArrayList<Proposal.Wellformed>();
        var keys = new ArrayList<TaskKey>();
        for (var id : ids) {
            var task = new TaskId(id);
            var spec =
                    new TaskSpec(
                            task, id, Play.DEV, Resources.parse(resources), Opaque.EMPTY, home);
            members.add(new Proposal.Wellformed(spec, offer.agent()));
            keys.add(new TaskKey(framework, task));
        }
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(offer.id()),
                        List.of(new Operation.LaunchGroup(executor, members)),
                        Duration.ZERO));
        return keys;
    }
}
