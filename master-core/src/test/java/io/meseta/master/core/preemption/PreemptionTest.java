package io.meseta.master.core.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.rule.Sharing;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Command.Wish;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.executor.ExecutorSpec;
import io.meseta.master.core.framework.FrameworkProfile;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.task.Home;
import io.meseta.master.core.task.Preemption.Cause;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.ExecutorId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.quota.Quantities;
import io.meseta.model.status.StatusReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Tasks that end for others.
class PreemptionTest {

    private static final Role PROD = new Role("prod");
    private static final Duration LONG = Duration.ofSeconds(6);

    private final Play play = new Play();

    @Test
    void hasATaskOfLowerPriorityEndForWhoHasWaited() {
        comesFirst(PROD, 10);
        var low = play.framework();
        var agent = play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:4;mem:4096");
        var high = highFramework();
        request(high, "cpus:2;mem:512");

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
    void tellsWhyAndGivesWhatBecomesFreeToNobodyElse() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:4;mem:4096");
        var high = highFramework();
        request(high, "cpus:2;mem:512");
        play.pass(LONG);

        play.report(task, TaskState.TASK_KILLED, 2);

        var status = play.updates(low).getFirst();
        assertThat(status.origin().reason()).contains(StatusReason.REASON_CONTAINER_PREEMPTED);
        assertThat(status.message()).contains("'prod'").contains(high.value()).contains("10");
        assertThat(play.offersOf(low)).isEmpty();
        assertThat(play.offersOf(high)).hasSize(1);
        // The status is told the same when the agent repeats it.
        play.report(task, TaskState.TASK_KILLED, 2);
        assertThat(play.updates(low).getFirst().origin().reason())
                .contains(StatusReason.REASON_CONTAINER_PREEMPTED);

        launch(high, "h", "cpus:2;mem:512");

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
        assertThat(play.offersOf(low).size() + play.offersOf(high).size()).isEqualTo(1);
    }

    @Test
    void offersNothingBeforeAllOfItIsFree() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var one = running(low, "one", "cpus:2;mem:1024");
        var other = running(low, "other", "cpus:2;mem:1024");
        var high = highFramework();
        request(high, "cpus:4;mem:2048");
        play.pass(LONG);
        assertThat(killed()).containsExactlyInAnyOrder(one, other);

        play.report(one, TaskState.TASK_KILLED, 12);
        assertThat(play.offersOf(high)).isEmpty();
        assertThat(play.offersOf(low)).isEmpty();
        play.report(other, TaskState.TASK_KILLED, 13);

        assertThat(play.offersOf(high)).hasSize(1);
    }

    @Test
    void passesOverWhatCanNotBeHadForWhatCan() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:4;mem:4096");
        request(highFramework(), "cpus:5", "cpus:2");

        play.pass(LONG);

        assertThat(killed()).containsExactly(task);
    }

    @Test
    void endsNoMoreWhileWhatHasEndedIsStillUnderWay() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "one", "cpus:2;mem:1024");
        running(low, "other", "cpus:2;mem:1024");
        request(highFramework(), "cpus:2");
        play.pass(LONG);
        assertThat(killed()).hasSize(1);

        for (int i = 0; i < 100; i++) {
            play.pass(Duration.ofSeconds(10));
            assertThat(killed()).isEmpty();
        }
    }

    @Test
    void takesBackAnOfferRatherThanATask() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "t", "cpus:2;mem:1024");
        assertThat(play.offersOf(low)).hasSize(1);
        var high = highFramework();
        request(high, "cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
        assertThat(play.offersOf(low)).isEmpty();
        assertThat(play.offersOf(high)).hasSize(1);
    }

    @Test
    void takesBackItsOwnOfferOfTooLittle() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:2;mem:1024");
        decline(low);
        var high = highFramework();
        assertThat(play.offersOf(high)).hasSize(1);
        request(high, "cpus:4");

        play.pass(LONG);

        assertThat(killed()).containsExactly(task);
        assertThat(play.offersOf(high)).isEmpty();
        play.report(task, TaskState.TASK_KILLED, 2);
        assertThat(play.offersOf(high)).hasSize(1);
    }

    @Test
    void endsNothingWhereNoRoleComesFirst() {
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "t", "cpus:4;mem:4096");
        request(highFramework(), "cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
        assertThat(play.cluster().nextDue()).isEmpty();
    }

    @Test
    void endsNothingOfTheSamePriority() {
        comesFirst(PROD, 0);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "t", "cpus:4;mem:4096");
        request(highFramework(), "cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void endsNothingForWhatCanNotBeHadEvenSo() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "t", "cpus:4;mem:4096");
        request(highFramework(), "cpus:5");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void endsNothingForWhatALimitForbids() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "t", "cpus:4;mem:4096");
        play.put(new Command.SetQuota(PROD, Quantities.of(Map.of("cpus", 1_000L)), true));
        request(highFramework(), "cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void endsWhatIsLabelledAsLessImportant() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var plain = running(low, "a", "cpus:2;mem:1024");
        play.pass(Duration.ofHours(1));
        var cheap = new TaskKey(low, new TaskId("b"));
        launch(low, labelled("b", Play.DEV, "cpus:2;mem:1024", -5));
        request(highFramework(), "cpus:2");

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
        request(highFramework(), "cpus:2");

        play.pass(LONG);

        assertThat(killed()).hasSize(1);
    }

    @Test
    void endsTheYoungestAndNoMoreThanItTakes() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "a", "cpus:2;mem:1024");
        play.pass(Duration.ofHours(1));
        var young = running(low, "b", "cpus:2;mem:1024");
        request(highFramework(), "cpus:1");

        play.pass(LONG);

        assertThat(killed()).containsExactly(young);
    }

    @Test
    void endsAGroupAsAWhole() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var tasks = group(low, "cpus:2;mem:1024", "a", "b");
        request(highFramework(), "cpus:1");

        play.pass(LONG);

        assertThat(killed()).containsExactlyInAnyOrderElementsOf(tasks);
    }

    @Test
    void givesTheAgentBackToAllWhenItIsDeclined() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:4;mem:4096");
        var high = highFramework();
        request(high, "cpus:2");
        play.pass(LONG);
        play.finish(task, TaskState.TASK_KILLED, 2);

        var offer = play.offer(high);
        var refusal = Duration.ofMinutes(5);
        play.put(new Command.Decline(play.caller(high), List.of(offer.id()), refusal));

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
        assertThat(play.offersOf(low)).hasSize(1);
        // It has not taken what others ended for: nobody ends for it again so soon.
        running(low, "again", "cpus:4;mem:4096");
        request(high, "cpus:2");
        play.pass(Duration.ofSeconds(50));
        assertThat(killed()).isEmpty();
        play.pass(Duration.ofSeconds(11));
        assertThat(killed()).hasSize(1);
    }

    @Test
    void keepsNothingForEver() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        running(low, "t", "cpus:3;mem:4000");
        decline(low);
        request(highFramework(), "cpus:4");
        play.pass(LONG);
        assertThat(play.cluster().offers().keeps().all()).hasSize(1);

        play.pass(Duration.ofMinutes(2));

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
        assertThat(play.offersOf(low)).hasSize(1);
    }

    @Test
    void takesBackWhatARoleIsGuaranteedFromThoseWhoHaveIt() {
        play.put(new Command.ShareAs(PROD, Optional.of(new Sharing(true, Priority.NORMAL, true))));
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
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
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        play.put(new Command.SetQuota(Play.DEV, Quantities.of(Map.of("cpus", 4_000L)), true));
        running(low, "t", "cpus:4;mem:4096");
        request(highFramework(), "cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
    }

    @Test
    void remembersForWhomAfterAChangeOfLeader() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:4;mem:4096");
        var high = highFramework();
        request(high, "cpus:2");
        play.pass(LONG);
        var why = play.task(task).preemption();

        play.failOver();

        assertThat(why).isPresent();
        assertThat(play.task(task).preemption()).isEqualTo(why);
        assertThat(play.cluster().offers().keeps().all()).isEmpty();
    }

    @Test
    void remembersForWhomWhenTheFrameworkWantsItKilledToo() {
        comesFirst(PROD, 10);
        var low = play.framework();
        play.agent("cpus:4;mem:4096");
        var task = running(low, "t", "cpus:4;mem:4096");
        request(highFramework(), "cpus:2");
        play.pass(LONG);

        play.put(new Command.Kill(play.caller(low), task.task(), Optional.empty(), Opaque.EMPTY));

        assertThat(play.task(task).preemption()).isPresent();
    }

    private void comesFirst(Role role, int priority) {
        var sharing = new Sharing(false, new Priority(priority), true);
        play.put(new Command.ShareAs(role, Optional.of(sharing)));
    }

    private FrameworkId highFramework() {
        var profile =
                new FrameworkProfile(
                        new FrameworkProfile.Identity("root", Optional.empty(), true),
                        "high",
                        new TreeSet<>(Set.of(PROD)),
                        Set.of(FrameworkCapability.PARTITION_AWARE),
                        Duration.ofMinutes(1),
                        Opaque.EMPTY);
        return play.framework(profile);
    }

    private void request(FrameworkId framework, String... needed) {
        var wishes = new ArrayList<Wish>();
        for (var each : needed)
            wishes.add(new Wish(Optional.empty(), Optional.empty(), Resources.parse(each)));
        play.put(new Command.RequestResources(play.caller(framework), wishes));
    }

    private TaskKey running(FrameworkId framework, String id, String resources) {
        var key = play.launch(framework, id, resources);
        int number = id.hashCode();
        play.report(key, TaskState.TASK_RUNNING, number);
        play.acknowledge(key, number);
        return key;
    }

    private void launch(FrameworkId framework, String id, String resources) {
        var role = play.offer(framework).grant().role();
        var spec = new TaskSpec(new TaskId(id), id, role, Resources.parse(resources), Opaque.EMPTY);
        launch(framework, spec);
    }

    private void launch(FrameworkId framework, TaskSpec spec) {
        var offer = play.offer(framework);
        play.accept(framework, List.of(offer), new Proposal.Wellformed(spec, offer.agent()));
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

    private void decline(FrameworkId framework) {
        var offers = play.offersOf(framework).stream().map(Offer::id).toList();
        play.put(new Command.Decline(play.caller(framework), offers, Duration.ofSeconds(30)));
    }

    private List<TaskKey> killed() {
        return play.cluster().agents().keySet().stream()
                .flatMap(agent -> kills(agent).stream())
                .toList();
    }

    private List<TaskKey> kills(AgentId agent) {
        return play.told(agent).stream()
                .filter(Word.Kill.class::isInstance)
                .map(word -> ((Word.Kill) word).task())
                .toList();
    }
}
