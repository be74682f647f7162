package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.agent.AgentProfile;
import io.meseta.master.core.cluster.Refusal.OperationConflicts;
import io.meseta.master.core.cluster.Refusal.OperationInvalid;
import io.meseta.master.core.cluster.Refusal.UnknownAgent;
import io.meseta.master.core.cluster.effect.Effect.News;
import io.meseta.master.core.cluster.effect.Effect.Word;
import io.meseta.master.core.operation.Operating;
import io.meseta.master.core.operation.OperationSpec;
import io.meseta.master.core.operation.OrderedOperation;
import io.meseta.master.core.operation.Outcome;
import io.meseta.master.play.Play;
import io.meseta.model.AgentCapability;
import io.meseta.model.AgentId;
import io.meseta.model.Disk;
import io.meseta.model.Disk.DiskSource;
import io.meseta.model.FrameworkCapability;
import io.meseta.model.FrameworkId;
import io.meseta.model.Labels;
import io.meseta.model.Opaque;
import io.meseta.model.OperationState;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import io.meseta.model.conversion.Conversion;
import io.meseta.model.conversion.OperationType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatingTest {

    private static final Reservation OPS = Reservation.ofDynamic(new Role("ops"));

    private final Play play = new Play();
    private AgentId agent = new AgentId("none");

    @BeforeEach
    void begin() {
        agent = play.greet(Optional.empty(), able("cpus:4;mem:1024;disk:1000"), 0);
    }

    private static AgentProfile able(String resources) {
        return able(Resources.parse(resources));
    }

    private static AgentProfile able(Resources resources) {
        var capabilities = EnumSet.allOf(AgentCapability.class);
        return new AgentProfile("host", 5051, resources, capabilities, "1", Opaque.EMPTY);
    }

    private FrameworkId framework() {
        return play.framework(
                Play.profile(
                        Duration.ofMinutes(1),
                        FrameworkCapability.PARTITION_AWARE,
                        FrameworkCapability.RESERVATION_REFINEMENT,
                        FrameworkCapability.SHARED_RESOURCES));
    }

    private static Resource reserved(String name, long units, Reservation... stack) {
        var kind = ResourceKind.plain(name);
        for (var each : stack) kind = kind.reserved(each);
        return new Resource(kind, Scalar.ofUnits(units));
    }

    private static Resource volume(String id, long units, boolean shared, Reservation reservation) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        var disk = new Disk(Optional.of(persistence), Optional.empty());
        return new Resource(
                new ResourceKind(
                        "disk",
                        List.of(reservation),
                        Optional.of(disk),
                        false,
                        shared,
                        Optional.empty()),
                Scalar.ofUnits(units));
    }

    private Command operate(OperationType type, Conversion conversion) {
        return new Command.Operate(agent, new OperationSpec(type, conversion, Opaque.EMPTY));
    }

    private Command reserve(Resource... resources) {
        return operate(OperationType.RESERVE, Conversion.reserving(List.of(resources)));
    }

    private Command unreserve(Resource... resources) {
        return operate(OperationType.UNRESERVE, Conversion.unreserving(List.of(resources)));
    }

    private Command create(Resource... volumes) {
        return operate(OperationType.CREATE, Conversion.creating(List.of(volumes)));
    }

    private Command destroy(Resource... volumes) {
        return operate(OperationType.DESTROY, Conversion.destroying(List.of(volumes)));
    }

    private Resources total() {
        return play.cluster().agent(agent).orElseThrow().profile().resources();
    }

    private String conflict(Command command) {
        return ((OperationConflicts) play.refused(command)).problem();
    }

    private String invalid(Command command) {
        return ((OperationInvalid) play.refused(command)).problem();
    }

    private List<OrderedOperation> pending() {
        return play.cluster().operations().all().toList();
    }

    @Test
    void countsFromNowOnAndIsOrderedOfTheAgent() {
        var decision = play.put(reserve(reserved("cpus", 1, OPS)));

        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        assertThat(total())
                .hasToString("cpus:3; cpus(reservations: [(DYNAMIC,ops)]):1; disk:1000; mem:1024");
        assertThat(play.told(agent)).hasSize(1).allMatch(Word.Operate.class::isInstance);
        assertThat(pending()).hasSize(1).allMatch(each -> each.owner().isEmpty());
    }

    @Test
    void isNobodysAndForgottenOnceTheAgentHasDoneIt() {
        play.put(reserve(reserved("cpus", 1, OPS)));
        var order = pending().getFirst().key().order();

        play.put(
                new Command.ReportOperation(
                        agent,
                        play.link(agent),
                        new Outcome(order, OperationState.OPERATION_FINISHED, "")));

        assertThat(pending()).isEmpty();
        assertThat(total().reservedTo(new Role("ops")))
                .isEqualTo(Resources.of(reserved("cpus", 1, OPS)));
    }

    @Test
    void survivesAChangeOfLeaderBeforeTheAgentHasHeardOfIt() {
        play.put(reserve(reserved("cpus", 1, OPS)));
        play.failOver();

        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 0);

        assertThat(play.told(agent)).anyMatch(Word.Operate.class::isInstance);
        assertThat(total().reservedTo(new Role("ops")))
                .isEqualTo(Resources.of(reserved("cpus", 1, OPS)));
    }

    @Test
    void takesBackTheOffersThatItNeedsAndNoOthers() {
        var one = framework();
        play.launch(one, "t", "cpus:1;mem:64");
        var before = play.offersOf(one);
        assertThat(before).hasSize(1);

        play.put(reserve(reserved("cpus", 1, OPS)));

        assertThat(play.told(one)).containsExactly(new News.Rescinded(before.getFirst().id()));
        assertThat(play.offersOf(one)).isEmpty();
        play.pass(Duration.ofSeconds(6));
        assertThat(play.offer(one).grant().resources()).hasToString("cpus:2; disk:1000; mem:960");
    }

    @Test
    void leavesOffersAloneWhereEnoughIsFree() {
        var one = framework();
        play.put(
                new Command.Decline(
                        play.caller(one), List.of(play.offer(one).id()), Duration.ofHours(1)));
        assertThat(play.offersOf(one)).isEmpty();

        play.put(reserve(reserved("cpus", 1, OPS)));

        assertThat(play.told(one)).noneMatch(News.Rescinded.class::isInstance);
    }

    @Test
    void takesNoOfferBackForWhatItCantDoAnyway() {
        var one = framework();

        assertThat(conflict(reserve(reserved("cpus", 5, OPS))))
                .isEqualTo("cpus:4; disk:1000; mem:1024 does not contain cpus:5");

        assertThat(play.offersOf(one)).hasSize(1);
    }

    @Test
    void takesNothingFromTasks() {
        var one = framework();
        play.launch(one, "t", "cpus:2;mem:64");

        assertThat(conflict(reserve(reserved("cpus", 3, OPS))))
                .isEqualTo("cpus:2; disk:1000; mem:960 does not contain cpus:3");
    }

    /// As recorded: the reservation of the CPU was gone from the list in which the disk was
    /// missing.
    @Test
    void releasesOneReservationAfterTheOther() {
        play.put(reserve(reserved("cpus", 1, OPS), reserved("disk", 100, OPS)));
        play.put(create(volume("v", 50, false, OPS)));

        assertThat(conflict(unreserve(reserved("cpus", 1, OPS), reserved("disk", 100, OPS))))
                .isEqualTo(
                        "cpus:4; disk:900; disk(reservations: [(DYNAMIC,ops)]):50;"
                                + " disk(reservations: [(DYNAMIC,ops)])[v:data]:50; mem:1024"
                                + " does not contain disk(reservations: [(DYNAMIC,ops)]):100");
        assertThat(total().reservedTo(new Role("ops")).scalar("cpus")).isEqualTo(1000);
    }

    @Test
    void putsOneReservationInThePlaceOfAnother() {
        var team = Reservation.ofDynamic(new Role("ops/team"));
        var other = Reservation.ofDynamic(new Role("dev"));
        play.put(reserve(reserved("cpus", 2, OPS)));

        play.put(
                operate(
                        OperationType.RESERVE,
                        new Conversion(
                                Resources.of(reserved("cpus", 1, OPS)),
                                Resources.of(reserved("cpus", 1, OPS, team)))));
        play.put(
                operate(
                        OperationType.RESERVE,
                        new Conversion(
                                Resources.of(reserved("cpus", 1, OPS, team)),
                                Resources.of(reserved("cpus", 1, other)))));

        assertThat(total())
                .isEqualTo(
                        Resources.parse("cpus:2;mem:1024;disk:1000")
                                .plus(
                                        Resources.of(
                                                reserved("cpus", 1, OPS),
                                                reserved("cpus", 1, other))));
    }

    @Test
    void makesNoTwoVolumesOfOneName() {
        play.put(reserve(reserved("disk", 100, OPS)));
        play.put(create(volume("v", 50, false, OPS)));

        assertThat(invalid(create(volume("v", 20, false, OPS))))
                .isEqualTo("Persistence ID 'v' is not unique");
    }

    @Test
    void destroysAVolumeOnce() {
        play.put(reserve(reserved("disk", 100, OPS)));
        play.put(create(volume("v", 50, false, OPS)));
        play.put(destroy(volume("v", 50, false, OPS)));

        assertThat(invalid(destroy(volume("v", 50, false, OPS))))
                .isEqualTo("Persistent volumes not found");
        assertThat(total().reservedTo(new Role("ops")))
                .isEqualTo(Resources.of(reserved("disk", 100, OPS)));
    }

    @Test
    void takesASharedVolumeThatEndsFromWhoeverWasOfferedIt() {
        var dev = Reservation.ofDynamic(Play.DEV);
        play.put(reserve(reserved("disk", 100, dev)));
        var volume = volume("v", 50, true, dev);
        play.put(create(volume));
        var one = framework();
        assertThat(play.offer(one).grant().resources().kinds()).contains(volume.kind());

        play.put(destroy(volume));

        assertThat(play.told(one)).anyMatch(News.Rescinded.class::isInstance);
        assertThat(total())
                .doesNotHave(
                        new org.assertj.core.api.Condition<>(
                                all -> all.kinds().contains(volume.kind()), "the volume"));
    }

    @Test
    void makesNoTwoVolumesOfOneDevice() {
        var source =
                new DiskSource(
                        DiskSource.Type.MOUNT,
                        Optional.of("/mnt"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Labels.NONE);
        var plain = new Disk(Optional.empty(), Optional.of(source));
        var kind = mounted(plain);
        agent =
                play.greet(
                        Optional.empty(),
                        able(Resources.of(new Resource(kind, Scalar.ofUnits(100)))),
                        0);
        var halves = List.of(half("a", source), half("b", source));

        assertThat(conflict(operate(OperationType.CREATE, Conversion.creating(halves))))
                .contains("does not contain");
    }

    private static ResourceKind mounted(Disk disk) {
        return new ResourceKind(
                "disk", List.of(OPS), Optional.of(disk), false, false, Optional.empty());
    }

    private static Resource half(String id, DiskSource source) {
        var persistence = new Disk.Persistence(id, Optional.empty(), "data", Disk.Mode.RW);
        return new Resource(
                mounted(new Disk(Optional.of(persistence), Optional.of(source))),
                Scalar.ofUnits(50));
    }

    @Test
    void growsAVolumeAtOnce() {
        play.put(reserve(reserved("disk", 100, OPS)));
        play.put(create(volume("v", 50, false, OPS)));

        play.put(
                operate(
                        OperationType.GROW_VOLUME,
                        Conversion.growing(
                                volume("v", 50, false, OPS), reserved("disk", 10, OPS))));

        assertThat(total().reservedTo(new Role("ops")))
                .isEqualTo(Resources.of(volume("v", 60, false, OPS), reserved("disk", 40, OPS)));
        assertThat(
                        conflict(
                                operate(
                                        OperationType.GROW_VOLUME,
                                        Conversion.growing(
                                                volume("v", 60, false, OPS),
                                                reserved("disk", 50, OPS)))))
                .startsWith("cpus:4; ");
    }

    @Test
    void knowsNothingOfAgentsThatAreUnreachable() {
        play.loseForGood(agent);

        assertThat(play.refused(reserve(reserved("cpus", 1, OPS))))
                .isEqualTo(new UnknownAgent(agent));
        assertThat(
                        play.refused(
                                new Command.Operate(
                                        new AgentId("nope"),
                                        new OperationSpec(
                                                OperationType.RESERVE,
                                                Conversion.reserving(
                                                        List.of(reserved("cpus", 1, OPS))),
                                                Opaque.EMPTY))))
                .isEqualTo(new UnknownAgent(new AgentId("nope")));
    }

    @Test
    void waitsForAnAgentThatIsOutOfTouch() {
        play.unplug(agent);

        play.put(reserve(reserved("cpus", 1, OPS)));
        assertThat(play.told(agent)).isEmpty();
        play.greet(Optional.of(agent), able("cpus:4;mem:1024;disk:1000"), 0);

        assertThat(play.told(agent)).anyMatch(Word.Operate.class::isInstance);
    }

    @Test
    void hasNoEndOfOperationsOnTheirWay() {
        play.unplug(agent);
        var cpu = reserved("cpus", 1, OPS);
        for (int i = 0; i < Operating.PENDING_MAX; i += 2) {
            play.put(reserve(cpu));
            play.put(unreserve(cpu));
        }

        assertThat(play.refused(reserve(cpu)))
                .isEqualTo(new Refusal.TooMuch("operations on one agent", Operating.PENDING_MAX));
    }

    @Test
    void asksNothingOfAgentsThatKnowOfNoOperations() {
        agent = play.agent("cpus:4");

        assertThat(invalid(reserve(reserved("cpus", 1, OPS)))).contains("AGENT_OPERATION_FEEDBACK");
    }
}
