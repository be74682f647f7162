package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Operation.Proposal;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.operation.OperationStatus;
import io.meseta.master.core.task.Status;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.OfferId;
import io.meseta.model.Opaque;
import io.meseta.model.OperationId;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AcceptanceTest {

    private final Play play = new Play();
    private FrameworkId framework = new FrameworkId("none");
    private AgentId agent = new AgentId("none");

    @BeforeEach
    void oneFrameworkAndOneAgent() {
        framework = play.framework();
        agent = play.agent("cpus:4;mem:1024");
    }

    @Test
    void launchesATaskAndOrdersItFromTheAgent() {
        var key = play.launch(framework, "t", "cpus:1;mem:64");

        assertThat(play.task(key).state()).isEqualTo(TaskState.TASK_STAGING);
        assertThat(play.told(agent))
                .singleElement()
                .isInstanceOfSatisfying(
                        Word.Launch.class,
                        launch -> {
                            assertThat(launch.number()).isEqualTo(1);
                            assertThat(launch.task()).isEqualTo(play.task(key).spec());
                        });
    }

    @Test
    void offersWhatIsLeftAtOnce() {
        play.launch(framework, "t", "cpus:1;mem:64");

        assertThat(play.offer(framework).grant().resources())
                .isEqualTo(Resources.parse("cpus:3;mem:960"));
    }

    @Test
    void keepsWhatIsLeftForAsLongAsTheFrameworkSays() {
        play.put(accept(List.of(play.offer(framework).id()), Duration.ofSeconds(5), proposal("t")));
        assertThat(play.offersOf(framework)).isEmpty();

        play.pass(Duration.ofSeconds(4));
        assertThat(play.offersOf(framework)).isEmpty();

        play.pass(Duration.ofSeconds(1));
        assertThat(play.offersOf(framework)).hasSize(1);
    }

    @Test
    void numbersTheOrdersOfOneAcceptInTurn() {
        var offer = play.offer(framework);

        play.accept(framework, List.of(offer), proposal("a"), proposal("b"));

        assertThat(play.told(agent))
                .extracting(word -> ((Word.Launch) word).number())
                .containsExactly(1L, 2L);
    }

    @Test
    void dropsTasksOfAnAcceptWithoutOffers() {
        play.put(accept(List.of(), Duration.ZERO, proposal("t")));

        assertThat(only(framework))
                .returns(TaskState.TASK_DROPPED, Status::state)
                .returns("Task launched with invalid offers: No offers specified", Status::message);
    }

    @Test
    void dropsTasksAndUsesUpTheOffersIfOneIsUnknown() {
        var offer = play.offer(framework);
        var unknown = new OfferId("M0-O9");

        play.put(accept(List.of(offer.id(), unknown), Duration.ZERO, proposal("t")));

        assertThat(only(framework).message())
                .isEqualTo("Task launched with invalid offers: Offer M0-O9 is no longer valid");
        assertThat(play.cluster().offers().find(offer.id())).isEmpty();
    }

    @Test
    void dropsTasksIfAnOfferIsNamedTwice() {
        var id = play.offer(framework).id();

        play.put(accept(List.of(id, id), Duration.ZERO, proposal("t")));

        assertThat(only(framework).message())
                .isEqualTo(
                        "Task launched with invalid offers: Duplicate offer "
                                + id
                                + " in offer list");
    }

    @Test
    void dropsTasksOfOffersOfSeveralAgents() {
        play.agent("cpus:1;mem:128");
        var ids = play.offersOf(framework).stream().map(offer -> offer.id()).toList();

        play.put(accept(ids, Duration.ZERO, proposal("t")));

        assertThat(ids).hasSize(2);
        assertThat(only(framework).message())
                .endsWith("Aggregated offers must belong to one single agent");
    }

    @Test
    void leavesAloneTheOfferOfAnotherFramework() {
        var offer = play.offer(framework);
        var other = play.framework();

        play.put(
                new Command.Accept(
                        play.caller(other),
                        List.of(offer.id()),
                        List.of(new Operation.Launch(List.of(proposal("t")))),
                        Duration.ZERO));

        assertThat(only(other).state()).isEqualTo(TaskState.TASK_DROPPED);
        assertThat(play.offersOf(framework)).contains(offer);
    }

    @Test
    void dropsNoTaskThatTheSameAcceptHasLaunchedBefore() {
        var accept = accept(List.of(play.offer(framework).id()), Duration.ZERO, proposal("t"));
        play.put(accept);

        play.put(accept);

        assertThat(play.heard(framework)).isEmpty();
    }

    @Test
    void refusesATaskThatAsksForMoreThanIsOffered() {
        play.accept(
                framework,
                List.of(play.offer(framework)),
                new Proposal.Wellformed(Play.spec("t", "cpus:5;mem:64"), agent));

        assertThat(only(framework))
                .returns(TaskState.TASK_ERROR, Status::state)
                .returns(
                        Optional.of(StatusReason.REASON_TASK_INVALID),
                        status -> status.origin().reason());
        assertThat(play.cluster().tasks().size()).isZero();
    }

    @Test
    void refusesASecondTaskOfTheSameIdInOneBreath() {
        play.accept(framework, List.of(play.offer(framework)), proposal("t"), proposal("t"));

        assertThat(only(framework).message()).isEqualTo("Task has duplicate ID: t");
        assertThat(play.cluster().tasks().size()).isOne();
    }

    @Test
    void refusesATaskForAnotherAgentThanTheOffers() {
        play.accept(
                framework,
                List.of(play.offer(framework)),
                new Proposal.Wellformed(Play.spec("t", "cpus:1;mem:64"), new AgentId("elsewhere")));

        assertThat(only(framework).message())
                .isEqualTo(
                        "Task uses invalid agent elsewhere while agent " + agent + " is expected");
    }

    @Test
    void refusesATaskOfAnotherRoleThanTheOffers() {
        var spec =
                new TaskSpec(
                        new TaskId("t"),
                        "t",
                        new Role("ops"),
                        Resources.parse("cpus:1;mem:64"),
                        Opaque.EMPTY);

        play.accept(
                framework, List.of(play.offer(framework)), new Proposal.Wellformed(spec, agent));

        assertThat(only(framework).state()).isEqualTo(TaskState.TASK_ERROR);
    }

    @Test
    void launchesTheGoodTasksBesideABadOne() {
        play.accept(
                framework,
                List.of(play.offer(framework)),
                new Proposal.Malformed(
                        new TaskId("bad"), agent, StatusReason.REASON_TASK_INVALID, "bad"),
                proposal("good"));

        assertThat(only(framework).message()).isEqualTo("bad");
        assertThat(play.cluster().tasks().size()).isOne();
    }

    @Test
    void saysThatAnOperationIsNotDone() {
        var id = new OperationId("op");
        var operation = new Operation.Invalid(Optional.of(id), "not here");

        play.put(
                new Command.Accept(
                        play.caller(framework),
                        List.of(play.offer(framework).id()),
                        List.of(operation),
                        Duration.ZERO));

        assertThat(play.told(framework))
                .contains(new News.OperationUpdated(OperationStatus.error(id, "not here")));
    }

    private Command accept(List<OfferId> offers, Duration refusal, Proposal... proposals) {
        return new Command.Accept(
                play.caller(framework),
                offers,
                List.of(new Operation.Launch(List.of(proposals))),
                refusal);
    }

    private Proposal proposal(String id) {
        return new Proposal.Wellformed(Play.spec(id, "cpus:1;mem:64"), agent);
    }

    private Status only(FrameworkId who) {
        assertThat(play.updates(who)).hasSize(1);
        return play.updates(who).getFirst();
    }
}
