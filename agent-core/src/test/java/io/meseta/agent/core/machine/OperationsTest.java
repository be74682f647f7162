package io.meseta.agent.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.holding.Outcome;
import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.order.Orders;
import io.meseta.model.Disk;
import io.meseta.model.OperationState;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.conversion.Conversion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Operations on an agent's resources.
class OperationsTest {

    private static final Role DEV = new Role("dev");
    private static final Resources SETTINGS = Resources.parse("cpus:4;disk:100");

    private final List<Effect> effects = new ArrayList<>();
    private Machine machine = Machine.empty().having(Holdings.none().on(SETTINGS));
    private long seed = 1;

    OperationsTest() {
        put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 1));
    }

    private void put(Command command) {
        effects.clear();
        var moment = new Moment(Instant.EPOCH, seed++);
        if (machine.decide(command, moment) instanceof Decision.Accepted(var events)) {
            effects.addAll(Effects.of(machine, events));
            for (var event : events) machine = machine.after(event);
        }
    }

    private void order(long number, Conversion conversion) {
        put(new Command.TakeOrder(1, number, new Order.Operate(conversion)));
    }

    private static Resource disk(long megabytes) {
        return new Resource(
                ResourceKind.plain("disk").reserved(Reservation.ofDynamic(DEV)),
                Scalar.ofUnits(megabytes));
    }

    private static Resource volume(String id, long megabytes) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        var kind =
                new ResourceKind(
                        "disk",
                        disk(1).kind().reservations(),
                        Optional.of(new Disk(Optional.of(persistence), Optional.empty())),
                        false,
                        false,
                        Optional.empty());
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }

    private List<Outcome> told() {
        return effects.stream()
                .filter(Effect.SendOutcome.class::isInstance)
                .map(effect -> ((Effect.SendOutcome) effect).outcome())
                .toList();
    }

    private Effect.SettleVolumes settling() {
        return effects.stream()
                .filter(Effect.SettleVolumes.class::isInstance)
                .map(Effect.SettleVolumes.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void hasWhatAnOperationMakesAndSaysSoOnceItIsOnDisk() {
        order(1, Conversion.reserving(List.of(disk(60))));
        order(2, Conversion.creating(List.of(volume("v1", 20))));

        assertThat(machine.holdings().total())
                .isEqualTo(
                        Resources.parse("cpus:4;disk:40")
                                .plus(Resources.of(disk(40), volume("v1", 20))));
        assertThat(told()).isEmpty();
        assertThat(settling().volumes()).containsExactly(new VolumeName(DEV, "v1"));

        put(new Command.NoteVolumes(2));

        assertThat(told()).containsExactly(Outcome.finished(1), Outcome.finished(2));
        put(new Command.NoteVolumes(2));
        assertThat(told()).isEmpty();
    }

    @Test
    void goesBackToItsSettingsOnceAllIsUndone() {
        order(1, Conversion.reserving(List.of(disk(60))));
        order(2, Conversion.creating(List.of(volume("v1", 20))));
        order(3, Conversion.growing(volume("v1", 20), disk(10)));
        order(4, Conversion.destroying(List.of(volume("v1", 30))));
        order(5, Conversion.unreserving(List.of(disk(60))));

        assertThat(machine.holdings().total()).isEqualTo(SETTINGS);
        assertThat(machine.holdings().taken()).isEqualTo(Resources.EMPTY);
        assertThat(machine.holdings().made()).isEqualTo(Resources.EMPTY);
    }

    @Test
    void dropsWhatThereIsNothingFor() {
        order(1, Conversion.reserving(List.of(disk(101))));

        assertThat(told())
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.state()).isEqualTo(OperationState.OPERATION_DROPPED);
                    assertThat(outcome.message())
                            .isEqualTo("cpus:4; disk:100 does not contain disk:101");
                });
        assertThat(machine.holdings().total()).isEqualTo(SETTINGS);
    }

    @Test
    void doesItOnceWhenACrashCameBeforeTheOrdersNumber() {
        order(1, Conversion.reserving(List.of(disk(60))));
        machine =
                new Machine(
                        machine.standing(),
                        new Orders(1, 0),
                        machine.reports(),
                        machine.holdings(),
                        machine.tasks());

        order(1, Conversion.reserving(List.of(disk(60))));

        assertThat(machine.holdings().made()).isEqualTo(Resources.of(disk(60)));
        assertThat(machine.orders().seen()).isEqualTo(1);
    }

    @Test
    void deletesTheDataOfAVolumeWhoseNameIsUsedAgainAtOnce() {
        order(1, Conversion.reserving(List.of(disk(60))));
        order(2, Conversion.creating(List.of(volume("v1", 20))));
        put(new Command.NoteVolumes(2));
        order(3, Conversion.destroying(List.of(volume("v1", 20))));
        order(4, Conversion.creating(List.of(volume("v1", 20))));

        assertThat(settling().doomed()).containsExactly(new VolumeName(DEV, "v1"));
        put(new Command.NoteVolumes(3));
        assertThat(machine.holdings().doomed()).isNotEmpty();
        put(new Command.NoteVolumes(4));
        assertThat(machine.holdings().doomed()).isEmpty();
    }

    @Test
    void tellsAgainUntilTheMasterHasHeard() {
        order(1, Conversion.reserving(List.of(disk(60))));
        put(new Command.NoteVolumes(1));

        put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 2));
        assertThat(told()).containsExactly(Outcome.finished(1));

        put(new Command.OutcomeHeard(1));
        put(new Command.Welcome(Bench.AGENT, Bench.MASTER, 3));
        assertThat(told()).isEmpty();
        assertThat(machine.holdings().made()).isEqualTo(Resources.of(disk(60)));
    }

    @Test
    void knowsWhenItsMachineHasLessThanWasTaken() {
        order(1, Conversion.reserving(List.of(disk(60))));

        assertThat(machine.holdings().on(Resources.parse("cpus:4;disk:59")).isCovered()).isFalse();
        assertThat(machine.holdings().on(Resources.parse("cpus:2;disk:60")).isCovered()).isTrue();
    }
}
