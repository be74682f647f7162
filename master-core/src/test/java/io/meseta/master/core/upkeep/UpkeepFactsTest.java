package io.meseta.master.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.core.upkeep.Maintenance.Mode;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pcollections.TreePMap;

/// What is remembered of machines and agents: the schedule, who is gone, who is drained.
final class UpkeepFactsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final AgentId ONE = new AgentId("S1");
    private static final AgentId TWO = new AgentId("S2");
    private static final MachineId HOST = new MachineId("host", "");
    private static final MachineId OTHER = new MachineId("other", "10.0.0.1");
    private static final Unavailability AWAY = new Unavailability(5, OptionalLong.of(0));

    @Test
    void forgetsEachWhoIsGoneInItsTime() {
        var gone = Departed.NOBODY.with(ONE, NOON).with(TWO, NOON.plusSeconds(1));

        assertThat(gone.nextEnd()).contains(NOON.plus(Departed.AGE_MAX));
        assertThat(gone.elapsed(NOON.plus(Departed.AGE_MAX)).at()).containsOnlyKeys(TWO);
        assertThat(gone.elapsed(NOON.plus(Departed.AGE_MAX).minusNanos(1))).isEqualTo(gone);
        assertThat(gone.elapsed(NOON.plus(Duration.ofDays(15)))).isEqualTo(Departed.NOBODY);
    }

    @Test
    void countsFromTheFirstTimeThatItWasMarked() {
        var gone = Departed.NOBODY.with(ONE, NOON);

        assertThat(gone.with(ONE, NOON.plusSeconds(9))).isSameAs(gone);
    }

    @Test
    void forgetsTheFirstOfTooManyWhoAreGone() {
        var gone = Departed.NOBODY;
        for (int i = 0; i < Departed.COUNT_MAX; i++) gone = gone.with(new AgentId("A" + i), NOON);
        assertThat(gone.has(new AgentId("A0"))).isTrue();

        gone = gone.with(ONE, NOON);

        assertThat(gone.has(new AgentId("A0"))).isFalse();
        assertThat(gone.has(new AgentId("A1"))).isTrue();
        assertThat(gone.inOrder()).hasSize(Departed.COUNT_MAX);
    }

    @Test
    void knowsTheModeOfEachMachine() {
        var maintenance = Maintenance.of(List.of(window(HOST, OTHER)), List.of(OTHER));

        assertThat(maintenance.in(Mode.DRAINING)).containsExactly(HOST);
        assertThat(maintenance.in(Mode.DOWN)).containsExactly(OTHER);
        assertThat(maintenance.in(Mode.UP)).isEmpty();
        assertThat(maintenance.isScheduled(HOST)).isTrue();
        assertThat(maintenance.isDown(HOST)).isFalse();
        assertThat(maintenance.unavailability(HOST)).contains(AWAY);
    }

    @Test
    void takesWhatIsBroughtUpOutOfTheSchedule() {
        var maintenance =
                Maintenance.of(List.of(window(HOST, OTHER), window(OTHER)), List.of(OTHER))
                        .broughtUp(List.of(OTHER));

        assertThat(maintenance.windows()).containsExactly(window(HOST));
        assertThat(maintenance.mode(OTHER)).contains(Mode.UP);
        assertThat(maintenance.isScheduled(OTHER)).isFalse();
        assertThat(maintenance.unavailability(OTHER)).isEmpty();
        assertThat(maintenance.durable().mode(OTHER)).isEmpty();
    }

    @Test
    void forgetsMachinesOfThePastOnceTheyAreTooMany() {
        var most = past(Maintenance.PAST_MAX);
        assertThat(most.in(Mode.UP)).hasSize(Maintenance.PAST_MAX);
        assertThat(most.in(Mode.DRAINING)).containsExactly(HOST);

        var more = past(Maintenance.PAST_MAX + 1);

        assertThat(more.in(Mode.UP)).isEmpty();
        assertThat(more.in(Mode.DRAINING)).containsExactly(HOST);
    }

    /// So many machines were scheduled once, and only one is now.
    private static Maintenance past(int count) {
        var machines = new ArrayList<MachineId>();
        for (int i = 0; i < count; i++) machines.add(new MachineId("h" + i, ""));
        var window = new Window(machines, AWAY);
        return Maintenance.NONE.scheduled(List.of(window)).scheduled(List.of(window(HOST)));
    }

    @Test
    void drainsOnWhatIsNotYetDrainedWhenItIsReadAgain() {
        var drain = Drain.begun(Optional.empty(), false, NOON);
        var deactivations =
                TreePMap.singleton(ONE, new Deactivation(NOON, Optional.of(drain)))
                        .plus(TWO, new Deactivation(NOON, Optional.of(drain.done())))
                        .plus(new AgentId("S3"), new Deactivation(NOON, Optional.empty()));

        var upkeep = Upkeep.of(deactivations, Departed.NOBODY, Maintenance.NONE);

        assertThat(upkeep.draining()).containsExactly(ONE);
        assertThat(upkeep.isDeactivated(TWO)).isTrue();
    }

    @Test
    void remembersSinceWhenAnAgentIsOfferedToNobody() {
        var later = NOON.plusSeconds(60);
        var upkeep =
                Upkeep.NONE
                        .after(new UpkeepEvent.AgentDeactivated(ONE, NOON))
                        .after(new UpkeepEvent.AgentDeactivated(ONE, later))
                        .after(
                                new UpkeepEvent.DrainBegun(
                                        ONE, Drain.begun(Optional.empty(), false, later)))
                        .after(new UpkeepEvent.DrainEnded(ONE, later));

        assertThat(upkeep.deactivations().values())
                .extracting(Deactivation::since)
                .containsExactly(NOON);
        assertThat(upkeep.isDraining(ONE)).isFalse();
        assertThat(upkeep.drain(ONE).orElseThrow().isDone()).isTrue();
    }

    @Test
    void saysWhichAgentIsNotThereAnyMore() {
        assertThat(new UpkeepEvent.AgentGone(ONE, NOON).left()).contains(ONE);
        assertThat(new UpkeepEvent.AgentRemoved(ONE, UpkeepEvent.Cause.UNHEARD_OF, NOON).left())
                .contains(ONE);
        assertThat(
                        List.of(
                                new UpkeepEvent.AgentDeactivated(ONE, NOON),
                                new UpkeepEvent.AgentReactivated(ONE, NOON),
                                new UpkeepEvent.DrainEnded(ONE, NOON),
                                new UpkeepEvent.GoneElapsed(NOON),
                                new UpkeepEvent.ScheduleSet(List.of(), NOON),
                                new UpkeepEvent.MachinesTakenDown(List.of(), NOON),
                                new UpkeepEvent.MachinesBroughtUp(List.of(), NOON),
                                new UpkeepEvent.InverseOffersLooked(NOON),
                                new UpkeepEvent.LeaversFound(new TreeSet<>()),
                                new UpkeepEvent.LossPaced(NOON)))
                .allMatch(event -> event.left().isEmpty());
    }

    @Test
    void tellsMachinesApartByNameAndAddress() {
        assertThat(new MachineId("HOST", "")).isEqualTo(HOST).hasSameHashCodeAs(HOST);
        assertThat(new MachineId("host", "10.0.0.1")).isNotEqualTo(HOST);
        assertThat(new Spot(ONE, new FrameworkId("F1")))
                .isLessThan(new Spot(ONE, new FrameworkId("F2")))
                .isLessThan(new Spot(TWO, new FrameworkId("F1")));
        assertThatThrownBy(() -> new Unavailability(0, OptionalLong.of(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Window window(MachineId... machines) {
        return new Window(List.of(machines), AWAY);
    }
}
