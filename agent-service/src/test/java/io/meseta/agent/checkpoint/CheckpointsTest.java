package io.meseta.agent.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.agent.core.Moment;
import io.meseta.agent.core.holding.Holdings;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.core.machine.Decision;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.order.Order;
import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.task.TaskSpec;
import io.meseta.agent.core.update.Cause;
import io.meseta.agent.core.update.Cause.Reason;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.MasterId;
import io.meseta.model.Opaque;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import io.meseta.model.conversion.Conversion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir private Path directory;
    private long seed = 1;

    @Test
    void startsEmpty() {
        try (var checkpoints = Checkpoints.open(directory)) {
            assertThat(checkpoints.read()).isEqualTo(Machine.empty());
        }
    }

    @Test
    void readsBackEveryMachineItWrote() {
        try (var checkpoints = Checkpoints.open(directory)) {
            var random = new Random(7);
            var machine = Machine.empty();
            machine =
                    put(
                            checkpoints,
                            machine,
                            new Command.Welcome(new AgentId("a"), new MasterId("m"), 3));
            for (int i = 1; i < 300; i++) {
                machine = put(checkpoints, machine, someCommand(random, i));

                assertThat(essence(checkpoints.read())).as("step " + i).isEqualTo(essence(machine));
            }
        }
    }

    @Test
    void remembersWhatOperationsHaveMade() {
        var reserved =
                new Resource(
                        ResourceKind.plain("disk").reserved(Reservation.ofDynamic(new Role("dev"))),
                        Scalar.ofUnits(8));
        try (var checkpoints = Checkpoints.open(directory)) {
            var machine =
                    Machine.empty().having(Holdings.none().on(Resources.parse("cpus:1;disk:16")));
            machine =
                    put(
                            checkpoints,
                            machine,
                            new Command.TakeOrder(
                                    1,
                                    1,
                                    new Order.Operate(Conversion.reserving(List.of(reserved)))));

            var kept = checkpoints.read().holdings();

            assertThat(kept.on(machine.holdings().machine())).isEqualTo(machine.holdings());
            assertThat(kept.made()).isEqualTo(Resources.of(reserved));
        }
    }

    @Test
    void remembersThatItWasSentAway() {
        try (var checkpoints = Checkpoints.open(directory)) {
            var machine = put(checkpoints, Machine.empty(), new Command.StayAway("marked gone"));

            assertThat(checkpoints.read().standing()).isEqualTo(machine.standing());
        }
    }

    @Test
    void keepsOneAgentPerDirectory() {
        try (var _ = Checkpoints.open(directory)) {
            assertThatThrownBy(() -> Checkpoints.open(directory))
                    .isInstanceOf(CheckpointFailure.class)
                    .hasMessageContaining("in use by another agent");
        }
    }

    @Test
    void namesTheFileThatIsDamaged() throws Exception {
        try (var checkpoints = Checkpoints.open(directory)) {
            put(
                    checkpoints,
                    Machine.empty(),
                    new Command.Welcome(new AgentId("a"), new MasterId("m"), 3));
            var file = directory.resolve("agent");
            var bytes = Files.readAllBytes(file);
            for (int i = 0; i < bytes.length; i++) {
                var damaged = bytes.clone();
                damaged[i] ^= 1;
                Files.write(file, damaged);

                assertThatThrownBy(checkpoints::read)
                        .as("byte " + i)
                        .isInstanceOf(CheckpointFailure.class)
                        .hasMessageContaining(file.toString());
            }
            Files.write(file, new byte[3]);
            assertThatThrownBy(checkpoints::read).hasMessageContaining("is damaged");
        }
    }

    @Test
    void ignoresAFileThatACrashLeftUnfinished() throws Exception {
        try (var checkpoints = Checkpoints.open(directory)) {
            Files.write(directory.resolve("tasks/some.new"), new byte[] {1, 2});

            assertThat(checkpoints.read()).isEqualTo(Machine.empty());
        }
    }

    @Test
    void readsTheFirstFormatForEver() throws Exception {
        try (var checkpoints = Checkpoints.open(directory);
                var in = CheckpointsTest.class.getResourceAsStream("task-v1.checkpoint")) {
            assertThat(in).isNotNull();
            Files.write(directory.resolve("tasks/golden"), in.readAllBytes());

            var task = checkpoints.read().tasks().values().iterator().next();
            assertThat(task.key())
                    .isEqualTo(new TaskKey(new FrameworkId("f"), new TaskId("golden")));
            assertThat(task.updates().waiting()).hasSize(3);
            assertThat(task.spec().killGrace()).isEqualTo(Duration.ofSeconds(7));
        }
    }

    @Test
    void isKnownByTheSameNameUntilItStartsOver() {
        UUID joining;
        try (var checkpoints = Checkpoints.open(directory)) {
            joining = checkpoints.joining();
        }
        try (var checkpoints = Checkpoints.open(directory)) {
            assertThat(checkpoints.joining()).isEqualTo(joining);

            put(checkpoints, checkpoints.read(), new Command.StartOver());

            assertThat(checkpoints.joining()).isNotEqualTo(joining);
        }
    }

    @Test
    void keepsWhatTheAgentSaidOfItself() {
        try (var checkpoints = Checkpoints.open(directory)) {
            assertThat(checkpoints.description()).isEmpty();
            checkpoints.describe(new byte[] {1, 2, 3});

            assertThat(checkpoints.description()).hasValue(new byte[] {1, 2, 3});
        }
    }

    static TaskSpec spec(String task) {
        return new TaskSpec(
                new TaskKey(new FrameworkId("f"), new TaskId(task)),
                Duration.ofSeconds(7),
                TaskSpec.UNLIMITED,
                true,
                Opaque.of(new byte[] {1}),
                Opaque.of(new byte[] {2}));
    }

    private Command someCommand(Random random, int number) {
        var key = spec("t" + random.nextInt(4)).key();
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                    new Command.TakeOrder(3, number, new Order.Launch(spec(key.task().value())));
            case 2 -> new Command.TakeOrder(3, number, new Order.Kill(key));
            case 3 -> new Command.NotePrepared(key);
            case 4 -> new Command.NoteStarted(key);
            case 5 -> new Command.NoteExit(key, new Exit.Status(random.nextInt(256)));
            case 6 ->
                    new Command.NoteFailure(
                            key, Cause.ofAgent(Reason.CONTAINER_LAUNCH_FAILED, "no"));
            case 7 -> new Command.Tick();
            default -> throw new AssertionError();
        };
    }

    private Machine put(Checkpoints checkpoints, Machine machine, Command command) {
        var decision = machine.decide(command, new Moment(NOW, seed++));
        if (!(decision instanceof Decision.Accepted(var events))) return machine;
        checkpoints.write(machine, events);
        var next = machine;
        for (var event : events) next = next.after(event);
        return next;
    }

    /// All but when updates are due and which report numbers were used.
    private static String essence(Machine machine) {
        var text = new StringBuilder();
        text.append(machine.standing()).append(machine.orders());
        text.append(machine.reports().limit());
        for (var task : machine.tasks().values()) {
            text.append(task.spec()).append(task.order()).append(task.container());
            text.append(task.phase()).append(task.latest()).append(task.interest());
            text.append(task.updates().waiting());
        }
        return text.toString();
    }
}
