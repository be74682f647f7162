package io.meseta.model.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.model.Disk;
import io.meseta.model.Disk.DiskSource;
import io.meseta.model.Labels;
import io.meseta.model.Reservation;
import io.meseta.model.Resource;
import io.meseta.model.ResourceKind;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConversionTest {

    private static final long SEED = 20261123;
    private static final int ROUNDS = 2_000;

    private static final Reservation DEV = Reservation.ofDynamic(new Role("dev"));
    private static final Reservation WEB = Reservation.ofDynamic(new Role("dev/web"));

    private static ResourceKind disk(Optional<Disk> disk, boolean shared, Reservation... stack) {
        return new ResourceKind("disk", List.of(stack), disk, false, shared, Optional.empty());
    }

    private static Resource volume(String id, long megabytes, boolean shared) {
        var persistence = new Disk.Persistence(id, Optional.of("pp"), "data", Disk.Mode.RW);
        var kind =
                disk(
                        Optional.of(new Disk(Optional.of(persistence), Optional.empty())),
                        shared,
                        DEV);
        return new Resource(kind, Scalar.ofUnits(megabytes));
    }

    private static Resource reserved(String name, long units, Reservation... stack) {
        var kind =
                new ResourceKind(
                        name, List.of(stack), Optional.empty(), false, false, Optional.empty());
        return new Resource(kind, Scalar.ofUnits(units));
    }

    @Test
    void pushesAReservationAndPopsItAgain() {
        var total = Resources.parse("cpus:4;mem:4096");
        var reserve = Conversion.reserving(List.of(reserved("cpus", 1, DEV)));

        var after = reserve.of(total).orElseThrow();

        assertThat(after.toString())
                .isEqualTo("cpus:3; cpus(reservations: [(DYNAMIC,dev)]):1; mem:4096");
        assertThat(Conversion.unreserving(List.of(reserved("cpus", 1, DEV))).of(after))
                .contains(total);
    }

    @Test
    void refinesOneReservationAfterTheOther() {
        var total = Resources.of(reserved("cpus", 2, DEV));

        var refined = Conversion.reserving(List.of(reserved("cpus", 1, DEV, WEB))).of(total);

        assertThat(refined)
                .contains(Resources.of(reserved("cpus", 1, DEV), reserved("cpus", 1, DEV, WEB)));
    }

    @Test
    void makesAVolumeOfReservedSpaceAndSpaceOfAVolume() {
        var total = Resources.of(reserved("disk", 100, DEV));
        var volume = volume("v1", 60, false);

        var after = Conversion.creating(List.of(volume)).of(total).orElseThrow();

        assertThat(after).isEqualTo(Resources.of(reserved("disk", 40, DEV), volume));
        assertThat(Conversion.destroying(List.of(volume)).of(after)).contains(total);
    }

    @Test
    void growsAVolumeByWhatItIsMadeOfAndShrinksItAgain() {
        var volume = volume("v1", 60, false);
        var total = Resources.of(reserved("disk", 40, DEV), volume);
        var grow = Conversion.growing(volume, reserved("disk", 30, DEV));
        var shrink = Conversion.shrinking(volume("v1", 90, false), Scalar.ofUnits(30));

        var grown = grow.of(total).orElseThrow();

        assertThat(grown)
                .isEqualTo(Resources.of(reserved("disk", 10, DEV), volume("v1", 90, false)));
        assertThat(shrink.of(grown)).contains(total);
        assertThatThrownBy(() -> Conversion.growing(volume, Resource.scalar("disk", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Conversion.shrinking(volume, Scalar.ofUnits(60)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesADeviceAsAWholeOnly() {
        var mount =
                new DiskSource(
                        DiskSource.Type.MOUNT,
                        Optional.of("/mnt"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Labels.NONE);
        var kind = disk(Optional.of(new Disk(Optional.empty(), Optional.of(mount))), false, DEV);
        var plain = disk(kind.disk(), false);
        var total = Resources.of(new Resource(plain, Scalar.ofUnits(100)));

        var part = Conversion.reserving(List.of(new Resource(kind, Scalar.ofUnits(50))));
        var whole = Conversion.reserving(List.of(new Resource(kind, Scalar.ofUnits(100))));

        assertThat(part.of(total)).isEmpty();
        assertThat(whole.of(total)).isPresent();
    }

    @Test
    void refusesAVolumeThatIsThere() {
        for (boolean shared : List.of(true, false)) {
            var total = Resources.of(reserved("disk", 100, DEV), volume("v1", 60, shared));

            for (long size : List.of(60L, 30L))
                assertThat(Conversion.creating(List.of(volume("v1", size, shared))).of(total))
                        .isEmpty();
        }
    }

    @Test
    void namesWhatIsMissing() {
        var total = Resources.parse("cpus:1;mem:64");
        var reserve =
                Conversion.reserving(List.of(reserved("cpus", 1, DEV), reserved("mem", 65, DEV)));

        assertThat(reserve.missingFrom(total)).isEqualTo(Resources.parse("mem:65"));
    }

    @Test
    void keepsQuantitiesAndIsUndoneByItsInverse() {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            var chance = random.split();
            var total = total(chance);
            var conversion = any(chance);
            var after = conversion.of(total);
            if (after.isEmpty()) continue;
            assertThat(after.get().scalarTotals())
                    .as("seed %d, round %d: %s", SEED, round, conversion)
                    .isEqualTo(total.scalarTotals());
            assertThat(conversion.inverse().of(after.get()))
                    .as("seed %d, round %d: %s", SEED, round, conversion)
                    .contains(total);
        }
    }

    private static Resources total(RandomGenerator chance) {
        var all = new ArrayList<Resource>();
        for (var name : List.of("cpus", "disk", "mem")) {
            all.add(Resource.scalar(name, 1 + chance.nextLong(5_000)));
            all.add(
                    new Resource(
                            reserved(name, 1, DEV).kind(), new Scalar(chance.nextLong(5_000))));
        }
        if (chance.nextBoolean()) all.add(volume("v" + chance.nextInt(3), 1, chance.nextBoolean()));
        Collections.shuffle(all, new java.util.Random(chance.nextLong()));
        return Resources.of(all);
    }

    private static Conversion any(RandomGenerator chance) {
        var amount = new Scalar(1 + chance.nextLong(3_000));
        var name = List.of("cpus", "disk", "mem").get(chance.nextInt(3));
        var reserved = new Resource(reserved(name, 1, DEV).kind(), amount);
        var refined = new Resource(reserved(name, 1, DEV, WEB).kind(), amount);
        var volume = volume("v" + chance.nextInt(3), 1, chance.nextBoolean());
        return switch (chance.nextInt(6)) {
            case 0 -> Conversion.reserving(List.of(reserved));
            case 1 -> Conversion.unreserving(List.of(reserved));
            case 2 -> Conversion.reserving(List.of(refined));
            case 3 -> Conversion.creating(List.of(volume));
            case 4 -> Conversion.destroying(List.of(volume));
            default ->
                    Conversion.growing(
                            volume, new Resource(reserved("disk", 1, DEV).kind(), amount));
        };
    }
}
