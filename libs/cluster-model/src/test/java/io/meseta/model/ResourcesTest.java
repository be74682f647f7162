package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

    private static final Resource VOLUME = sharedVolume(64);

    @Test
    void readsTheFlagFormOfAnAgent() {
        var read =
                Resources.parse(
                        "cpus:24;gpus:2; mem(eng):1024;"
                                + "ports:[21000-24000,30000-34000];disks:{1,2}");

        assertThat(read.scalar("cpus")).isEqualTo(24_000);
        assertThat(read.reservedTo(new Role("eng")).scalar("mem")).isEqualTo(1_024_000);
        assertThat(read.toString())
                .isEqualTo(
                        "cpus:24; disks:{1,2}; gpus:2; mem(reservations: [(STATIC,eng)]):1024;"
                                + " ports:[21000-24000,30000-34000]");
    }

    @Test
    void takesTheStarInTheFlagFormAsUnreserved() {
        assertThat(Resources.parse("cpus(*):1")).isEqualTo(Resources.parse("cpus:1"));
    }

    @Test
    void addsUpOneKindInTheFlagFormAndDropsWhatIsEmpty() {
        assertThat(Resources.parse("cpus:1;cpus:0.5;mem:0;ports:[];disks:{};"))
                .isEqualTo(Resources.parse("cpus:1.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpus",
                "cpus:",
                "cpus:x",
                "cpus:-1",
                "cpus:1e3",
                "cpus:NaN",
                "cpus:Infinity",
                ":1",
                "cpus(a:1",
                "cpus(a b):1",
                "cpus():1",
                "ports:[1]",
                "ports:[2-1]",
                "ports:[1-2",
                "ports:[1-99999999999999999999]",
                "ports:[1-9223372036854775808]",
                "disks:{a",
                "cpus:1;cpus:{a}",
                "cpus:99999999999999"
            })
    void refusesAFlagThatIsNotResources(String text) {
        assertThatThrownBy(() -> Resources.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void sumsAScalarOverAllItsKinds() {
        var both = Resources.parse("cpus:1;cpus(eng):0.25;mem:5");

        assertThat(both.scalar("cpus")).isEqualTo(1250);
        assertThat(both.scalar("gpus")).isZero();
        assertThat(both.scalarTotals()).containsEntry("cpus", 1250L).containsEntry("mem", 5000L);
    }

    @Test
    void saturatesASumThatIsOnlyLookedAt() {
        var huge =
                Resources.of(
                        Resource.scalar("x", Long.MAX_VALUE),
                        new Resource(
                                ResourceKind.plain("x")
                                        .reserved(Reservation.ofStatic(new Role("eng"))),
                                new Scalar(5)));

        assertThat(huge.scalar("x")).isEqualTo(Long.MAX_VALUE);
        assertThat(huge.scalarTotals()).containsEntry("x", Long.MAX_VALUE);
    }

    @Test
    void refusesToAddWhatDoesNotFit() {
        var huge = Resources.of(Resource.scalar("x", Long.MAX_VALUE));

        assertThatThrownBy(() -> huge.plus(huge)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void countsASharedVolumeOnceHoweverManyUseIt() {
        var one = Resources.of(VOLUME);

        var three = one.plus(one).plus(one);

        assertThat(three.copies(VOLUME.kind())).isEqualTo(3);
        assertThat(three.scalar("disk")).isEqualTo(64_000);
        assertThat(three.stream()).containsExactly(VOLUME);
        assertThat(three).isNotEqualTo(one);
        assertThat(three.minus(one).minus(one)).isEqualTo(one);
        assertThat(one.contains(three)).isFalse();
    }

    @Test
    void refusesASharedVolumeOfTwoSizes() {
        assertThatThrownBy(() -> Resources.of(VOLUME, sharedVolume(65)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Resources.of(VOLUME).contains(Resources.of(sharedVolume(1)))).isFalse();
    }

    @Test
    void addsALongListInShortTime() {
        var ports = new ArrayList<Resource>();
        for (int i = 0; i < 100_000; i++) {
            ports.add(new Resource(ResourceKind.plain("ports"), Ranges.of(2L * i, 2L * i)));
        }

        var all = Resources.of(ports);

        assertThat(all.stream().map(Resource::amount))
                .singleElement()
                .satisfies(amount -> assertThat(((Ranges) amount).count()).isEqualTo(100_000));
    }

    @Test
    void refusesAReservationThatDoesNotRefineTheOneBelow() {
        var dev = Reservation.ofStatic(new Role("dev"));

        assertThatThrownBy(() ->
                        ResourceKind.plain("cpus")
                                .reserved(dev)
                                .reserved(Reservation.ofDynamic(new Role("ops"))))
                .hasMessageContaining("sub-role of 'dev'");
        assertThatThrownBy(() ->
                        ResourceKind.plain("cpus")
                                .reserved(dev)
                                .reserved(Reservation.ofStatic(new Role("dev/a"))))
                .hasMessageContaining("dynamic");
        assertThatThrownBy(() -> Reservation.ofStatic(Role.ANY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsResourcesAsMesosDoesInItsRefusals() {
        assertThat(volume(64))
                .hasToString("disk(reservations: [(DYNAMIC,dev,pp,{k: v})])[vol1:data]:64");
    }

    @Test
    void givesAVolumeThatKeepsDataAsAWhole() {
        var held = Resources.of(volume(64));

        assertThat(held.canGive(held)).isTrue();
        assertThat(held.canGive(Resources.of(volume(32)))).isFalse();
    }

    private static Resource volume(long megabytes) {
        var reservation =
                new Reservation(
                        Reservation.Type.DYNAMIC,
                        new Role("dev"),
                        Optional.of("pp"),
                        Labels.of("k", "v"));
        var volume =
                new Disk(
                        Optional.of(
                                new Disk.Persistence(
                                        "vol1", Optional.empty(), "data", Disk.Mode.RW)),
                        Optional.empty());
        var kind =
                new ResourceKind(
                        "disk",
                        List.of(reservation),
                        Optional.of(volume),
                        false,
                        false,
                        Optional.empty());
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }

    private static Resource sharedVolume(long megabytes) {
        var volume =
                new Disk(
                        Optional.of(
                                new Disk.Persistence("v1", Optional.empty(), "data", Disk.Mode.RW)),
                        Optional.empty());
        var kind =
                new ResourceKind(
                        "disk",
                        List.of(Reservation.ofDynamic(new Role("dev"))),
                        Optional.of(volume),
                        false,
                        true,
                        Optional.empty());
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }
}
