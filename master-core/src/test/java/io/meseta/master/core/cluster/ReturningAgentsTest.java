package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.constraint.Place.FaultDomain;
import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.agent.Site;
import io.meseta.master.core.cluster.Command.HeldTask;
import io.meseta.master.core.cluster.Command.Recollection;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.core.reign.Terms;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.OperationState;
import io.meseta.model.Resources;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is believed of an agent that comes back, and what it is told.
final class ReturningAgentsTest extends OperationsScene {

    private static final String MACHINE = "cpus:4;mem:1024;disk:1000";

    @Test
    void givesEachOrderANumberOfItsOwn() {
        play.greetAgain(
                agent,
                5,
                new HeldTask(new TaskKey(framework, new TaskId("a")), TaskState.TASK_RUNNING),
                new HeldTask(new TaskKey(framework, new TaskId("b")), TaskState.TASK_RUNNING));

        assertThat(play.told(agent))
                .filteredOn(Word.Kill.class::isInstance)
                .extracting(word -> ((Word.Kill) word).number())
                .containsExactly(6L, 7L);
        assertThat(play.cluster().agent(agent).orElseThrow().lastOrder()).isEqualTo(7);
    }

    @Test
    void countsNoOperationTwiceThatWasDoneBeforeACrash() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var has = total();
        play.failOver();

        greet(0, able(has), new Outcome(1, OperationState.OPERATION_FINISHED, ""));

        assertThat(total()).isEqualTo(has);
    }

    @Test
    void countsWhatIsOnItsWayToAnAgentAndNothingThatHasArrived() {
        accept(convert("r", OperationType.RESERVE, reserved("cpus", 1)));
        var promised = total();
        play.failOver();

        greet(1, able(Resources.parse(MACHINE)), pending(1));
        assertThat(total()).isEqualTo(Resources.parse(MACHINE));
        play.failOver();
        greet(0, able(Resources.parse(MACHINE)));

        assertThat(total()).isEqualTo(promised);
    }

    private static Outcome pending(long order) {
        return new Outcome(order, OperationState.OPERATION_PENDING, "");
    }

    @Test
    void leavesAnEndAloneThatIsNotAcknowledged() {
        var task = launch("t");
        play.report(task, TaskState.TASK_FINISHED, 3);

        play.greetAgain(agent, 1);

        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.task(task).state()).isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void endsATaskThatIsWantedElsewhere() {
        var task = launch("t");
        var other = play.greet(Optional.empty(), able("cpus:4"), 0);

        play.greetAgain(other, 9, new HeldTask(task, TaskState.TASK_RUNNING));

        assertThat(play.told(other)).anyMatch(Word.Kill.class::isInstance);
        assertThat(play.task(task).agent()).isEqualTo(agent);
    }

    @Test
    void believesNoClockThatIsAhead() {
        play.put(new Command.LoseLink(agent, play.link(agent), play.now.plus(Duration.ofHours(1))));

        assertThat(play.cluster().agent(agent).orElseThrow().deadline())
                .contains(play.now.plus(Terms.DEFAULT.agentSilenceMax()));
    }

    @Test
    void countsSilenceFromTheLastSignOfLife() {
        var heard = play.now.minusSeconds(30);

        play.put(new Command.LoseLink(agent, play.link(agent), heard));

        assertThat(play.cluster().agent(agent).orElseThrow().deadline())
                .contains(heard.plus(Terms.DEFAULT.agentSilenceMax()));
    }

    @Test
    void callsNoTaskUnreachableWhoseEndWasTold() {
        var task = launch("t");
        play.report(task, TaskState.TASK_FINISHED, 3);

        play.loseForGood(agent);

        assertThat(play.heard(framework)).isEmpty();
        assertThat(play.task(task).trail().told()).isEqualTo(TaskState.TASK_FINISHED);
    }

    @Test
    void sharesOnlyAgentsInReachAfterASnapshot() {
        var lost = play.greet(Optional.empty(), able("cpus:4"), 0);
        play.loseForGood(lost);

        var again = play.cluster().durable().toCluster();

        assertThat(again.pool().hasAgent(agent)).isTrue();
        assertThat(again.pool().hasAgent(lost)).isFalse();
    }

    @Test
    void showsAgentsOfOtherRegionsToThoseWhoKnowOfRegions() {
        play.lead(Terms.DEFAULT.in(Optional.of("eu")));
        var plain = play.framework();
        var aware =
                play.framework(
                        Play.profile(Duration.ofMinutes(1), FrameworkCapability.REGION_AWARE));

        var far = greetFrom("us");
        assertThat(play.offersOf(plain)).isEmpty();
        assertThat(play.offersOf(aware)).extracting(offer -> offer.agent()).containsExactly(far);
        play.put(new Command.Teardown(play.caller(aware)));
        assertThat(play.offersOf(plain)).isEmpty();
        var near = greetFrom("eu");

        assertThat(play.offersOf(plain)).extracting(offer -> offer.agent()).containsExactly(near);
    }

    @Test
    void knowsOfNoOtherRegionsWhereItIsInNone() {
        play.lead(Terms.DEFAULT);
        var plain = play.framework();

        var anywhere = greetFrom("us");

        assertThat(play.offersOf(plain))
                .extracting(offer -> offer.agent())
                .containsExactly(anywhere);
    }

    private AgentId greetFrom(String region) {
        var domain = Optional.of(new FaultDomain(region, "z"));
        var site = new Site("", false, domain, Collections.emptySortedMap());
        return play.greet(Optional.empty(), Play.agentWith("cpus:4;mem:1024").at(site), 0);
    }

    private TaskKey launch(String id) {
        return play.launch(framework, id, "cpus:1;mem:64");
    }

    private void greet(long seen, AgentProfile profile, Outcome... outcomes) {
        play.put(
                new Command.Greet(
                        Optional.of(agent),
                        profile,
                        new LinkId("again-" + seen + outcomes.length + play.now),
                        new Recollection(new Epoch(0), seen),
                        List.of(),
                        List.of(outcomes),
                        List.of()));
    }

    private static AgentProfile able(Resources resources) {
        return able("cpus:1").having(resources);
    }
}
