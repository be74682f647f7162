package io.meseta.master.core.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.offer.Offer;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.TaskState;
import io.meseta.model.status.StatusReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// For whom tasks of others end, and what is kept for it until it has it.
final class KeptForTest extends PreemptionScene {

    @Test
    void tellsWhyAndGivesWhatBecomesFreeToNobodyElse() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        var high = asking("cpus:2;mem:512");
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
        var low = lowWithMachine();
        var one = running(low, "one", "cpus:2;mem:1024");
        var other = running(low, "other", "cpus:2;mem:1024");
        var high = asking("cpus:4;mem:2048");
        play.pass(LONG);
        assertThat(killed()).containsExactlyInAnyOrder(one, other);

        play.report(one, TaskState.TASK_KILLED, 12);
        assertThat(play.offersOf(high)).isEmpty();
        assertThat(play.offersOf(low)).isEmpty();
        play.report(other, TaskState.TASK_KILLED, 13);

        assertThat(play.offersOf(high)).hasSize(1);
    }

    @Test
    void takesBackAnOfferRatherThanATask() {
        var low = lowWithMachine();
        running(low, "t", "cpus:2;mem:1024");
        assertThat(play.offersOf(low)).hasSize(1);
        var high = asking("cpus:2");

        play.pass(LONG);

        assertThat(killed()).isEmpty();
        assertThat(play.offersOf(low)).isEmpty();
        assertThat(play.offersOf(high)).hasSize(1);
    }

    @Test
    void takesBackItsOwnOfferOfTooLittle() {
        var low = lowWithMachine();
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
    void givesTheAgentBackToAllWhenItIsDeclined() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        var high = asking("cpus:2");
        play.pass(LONG);
        play.finish(task, TaskState.TASK_KILLED, 2);

        var offer = play.offer(high);
        var refusal = Duration.ofMinutes(5);
        play.put(new Command.Decline(play.caller(high), List.of(offer.id()), refusal));

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
        assertThat(play.offersOf(low)).hasSize(1);
        // It has not taken what others ended for: nobody ends for it again so soon.
        running(low, "again", MACHINE);
        request(high, "cpus:2");
        play.pass(Duration.ofSeconds(50));
        assertThat(killed()).isEmpty();
        play.pass(Duration.ofSeconds(11));
        assertThat(killed()).hasSize(1);
    }

    @Test
    void ordersTheKillAfterWhateverWasOrderedBefore() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        asking("cpus:2");

        play.pass(LONG);

        assertThat(play.told(play.task(task).agent()))
                .filteredOn(Word.Kill.class::isInstance)
                .extracting(word -> ((Word.Kill) word).number())
                .containsExactly(2L);
    }

    @Test
    void keepsTheAgentWhileItsOfferIsOpen() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        var high = asking("cpus:2");
        play.pass(LONG);

        play.finish(task, TaskState.TASK_KILLED, 2);
        play.pass(Duration.ofSeconds(1));

        assertThat(play.offersOf(high)).hasSize(1);
        assertThat(play.cluster().offers().keeps().all()).hasSize(1);
    }

    @Test
    void givesTheAgentBackWhenItIsNotWantedAnyMore() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        var high = asking("cpus:2");
        play.pass(LONG);
        assertThat(play.cluster().offers().keeps().all()).hasSize(1);

        request(high, "cpus:1");

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
        play.finish(task, TaskState.TASK_KILLED, 2);
        assertThat(play.offersOf(low).size() + play.offersOf(high).size()).isEqualTo(1);
    }

    @Test
    void givesTheAgentBackWhenWhoeverWantedItHasHungUp() {
        var low = lowWithMachine();
        running(low, "t", MACHINE);
        var high = asking("cpus:2");
        play.pass(LONG);

        play.hangUp(high);

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
    }

    @Test
    void wakesUpForTheEndOfWhatIsKept() {
        var low = lowWithMachine();
        running(low, "t", MACHINE);
        asking("cpus:2");
        play.pass(LONG);
        var until = play.cluster().offers().keepsUntil().orElseThrow();

        assertThat(play.cluster().nextDue().orElseThrow()).isBeforeOrEqualTo(until);
        play.put(new Command.ShareAs(PROD, Optional.empty()));

        assertThat(play.cluster().nextDue()).contains(until);
    }

    @Test
    void keepsNothingForEver() {
        var low = lowWithMachine();
        running(low, "t", "cpus:3;mem:4000");
        decline(low);
        asking("cpus:4");
        play.pass(LONG);
        assertThat(play.cluster().offers().keeps().all()).hasSize(1);

        play.pass(Duration.ofMinutes(2));

        assertThat(play.cluster().offers().keeps().all()).isEmpty();
        assertThat(play.offersOf(low)).hasSize(1);
    }

    @Test
    void remembersForWhomAfterAChangeOfLeader() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        asking("cpus:2");
        play.pass(LONG);
        var why = play.task(task).preemption();

        play.failOver();

        assertThat(why).isPresent();
        assertThat(play.task(task).preemption()).isEqualTo(why);
        assertThat(play.cluster().offers().keeps().all()).isEmpty();
    }

    @Test
    void remembersForWhomWhenTheFrameworkWantsItKilledToo() {
        var low = lowWithMachine();
        var task = running(low, "t", MACHINE);
        asking("cpus:2");
        play.pass(LONG);

        play.put(new Command.Kill(play.caller(low), task.task(), Optional.empty(), Opaque.EMPTY));

        assertThat(play.task(task).preemption()).isPresent();
    }

    private void decline(FrameworkId framework) {
        var offers = play.offersOf(framework).stream().map(Offer::id).toList();
        play.put(new Command.Decline(play.caller(framework), offers, Duration.ofSeconds(30)));
    }
}
