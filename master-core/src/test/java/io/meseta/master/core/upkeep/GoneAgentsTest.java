package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.cluster.Refusal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.OperationState;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Scalar;
import io.meseta.model.TaskKey;
import io.meseta.model.TaskState;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import io.meseta.model.status.StatusReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Agents that will not come back.
final class GoneAgentsTest extends UpkeepScene {

    @Test
    void endsTheTasksOfAnAgentThatIsMarkedGone() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(play.updates(framework).getFirst().origin().reason())
                .contains(StatusReason.REASON_AGENT_REMOVED_BY_OPERATOR);
        assertThat(play.told(framework)).contains(new News.AgentFailed(agent));
        assertThat(play.cluster().tasks().find(task)).isEmpty();
        assertThat(play.cluster().completed().find(task)).isPresent();
        assertThat(play.cluster().agent(agent)).isEmpty();
    }

    @Test
    void endsTheOperationsOfAnAgentThatIsMarkedGone() {
        var framework = play.framework();
        var agent = play.greet(Optional.empty(), able(), 0);
        var reserved =
                new Resource(
                        ResourceKind.plain("cpus").reserved(Reservation.ofDynamic(Play.DEV)),
                        Scalar.ofUnits(1));
        var reserve =
                new OperationSpec(
                        OperationType.RESERVE,
                        Conversion.reserving(List.of(reserved)),
                        Opaque.EMPTY);
        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(play.offer(framework).id()),
                        List.of(
                                new Operation.Convert(
                                        Optional.of(new OperationId("r")), reserve, "")),
                        Duration.ZERO));
        assertThat(play.cluster().operations().on(agent)).hasSize(1);

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.told(framework))
                .filteredOn(News.OperationUpdated.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        News.OperationUpdated.class,
                        news ->
                                assertThat(news.status().state())
                                        .isEqualTo(OperationState.OPERATION_GONE_BY_OPERATOR));
    }

    @Test
    void wakesUpWhenTheNextAgentIsToBeForgotten() {
        var agent = agent();
        play.loseForGood(agent);
        assertThat(play.cluster().nextDue()).contains(play.now.plus(Departed.AGE_MAX));

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.cluster().nextDue()).contains(play.now.plus(Departed.AGE_MAX));
        play.pass(Departed.AGE_MAX);
        assertThat(play.cluster().nextDue()).isEmpty();
    }

    @Test
    void tellsAFrameworkThatKnowsNoPartitionsOfALostTask() {
        var framework = play.framework(Play.profile(Duration.ofMinutes(1)));
        var agent = agent();
        play.launch(framework, "t", "cpus:1;mem:64");

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_LOST);
    }

    @Test
    void neverLetsAnAgentBackThatIsGone() {
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));
        play.failOver();

        var greeting = greeting(agent);

        assertThat(play.refused(greeting))
                .isEqualTo(new Refusal.OfUpkeep(new UpkeepRefusal.Gone(agent)));
    }

    @Test
    void marksAnAgentGoneAgainWithoutAWord() {
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));
        long before = play.committer.sequence();

        wish(new UpkeepWish.MarkGone(agent));

        assertThat(play.committer.sequence()).isEqualTo(before);
        assertThat(refusal(new UpkeepWish.MarkGone(new AgentId("nobody"))))
                .isEqualTo(new UpkeepRefusal.AgentUnknown(new AgentId("nobody")));
    }

    @Test
    void forgetsWhoIsGoneAfterTwoWeeks() {
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));

        play.pass(Departed.AGE_MAX);

        assertThat(play.cluster().upkeep().gone().has(agent)).isFalse();
    }

    @Test
    void answersWhatHasBecomeOfATaskOnAnAgentThatIsGone() {
        var framework = play.framework();
        var agent = agent();
        wish(new UpkeepWish.MarkGone(agent));

        var question =
                new Command.Question(
                        new TaskKey(framework, new io.meseta.model.TaskId("x")).task(),
                        Optional.of(agent));
        play.put(new Command.Reconcile(play.caller(framework), List.of(question)));

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE_BY_OPERATOR);
    }

    @Test
    void forgetsAnAgentThatNobodyHasHeardOfForTwoWeeks() {
        var framework = play.framework();
        var agent = agent();
        var task = play.launch(framework, "t", "cpus:1;mem:64");
        play.loseForGood(agent);

        play.pass(Departed.AGE_MAX);

        assertThat(play.heard(framework)).containsExactly(TaskState.TASK_GONE);
        assertThat(play.cluster().agent(agent)).isEmpty();
        assertThat(play.cluster().tasks().find(task)).isEmpty();
        assertThat(play.greet(Optional.of(agent), profile(), 1)).isEqualTo(agent);
    }

    @Test
    void forgetsEachAgentInItsOwnTime() {
        var first = agent();
        play.loseForGood(first);
        play.pass(Duration.ofDays(1));
        var second = agent();
        play.loseForGood(second);

        play.pass(Departed.AGE_MAX.minusDays(1).minusMinutes(5));
        assertThat(play.cluster().agents()).containsKeys(first, second);
        play.pass(Duration.ofMinutes(5));
        assertThat(play.cluster().agents()).doesNotContainKey(first).containsKey(second);
        play.pass(Duration.ofDays(2));
        assertThat(play.cluster().agents()).isEmpty();
    }

    private static Command.Greet greeting(AgentId agent) {
        return new Command.Greet(
                Optional.of(agent),
                profile(),
                new io.meseta.master.core.agent.LinkId("again"),
                new Command.Recollection(io.meseta.master.core.reign.Epoch.NONE, 0),
                List.of());
    }

    /// It knows of operations.
    private static AgentProfile able() {
        return new AgentProfile(
                "host",
                5051,
                Resources.parse("cpus:4;mem:1024"),
                Set.of(AgentCapability.AGENT_OPERATION_FEEDBACK),
                "1.11.0",
                Opaque.EMPTY);
    }
}
