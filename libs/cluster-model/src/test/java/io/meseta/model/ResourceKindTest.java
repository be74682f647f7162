package io.meseta.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.model.Disk.DiskSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceKindTest {

    private static final Role ENG = new Role("eng");
    private static final Role WEB = new Role("eng/web");

    @Test
    void isForTheLastRoleOfItsStack() {
        var plain = ResourceKind.plain("cpus");
        var reserved = plain.reserved(Reservation.ofStatic(ENG));
        var refined =
                reserved.reserved(
                        new Reservation(
                                Reservation.Type.DYNAMIC, WEB, Optional.empty(), Labels.NONE));

        assertThat(plain.reservedRole()).isEmpty();
        assertThat(plain.isRefined()).isFalse();
        assertThat(reserved.reservedRole()).contains(ENG);
        assertThat(reserved.isRefined()).isFalse();
        assertThat(refined.reservedRole()).contains(WEB);
        assertThat(refined.isRefined()).isTrue();
    }

    @Test
    void isNeverSplitIfItIsADevice() {
        assertThat(ResourceKind.plain("disk").isIndivisible()).isFalse();
        assertThat(disk(DiskSource.Type.PATH, Optional.of("id")).isIndivisible()).isFalse();
        assertThat(disk(DiskSource.Type.MOUNT, Optional.empty()).isIndivisible()).isTrue();
        assertThat(disk(DiskSource.Type.BLOCK, Optional.empty()).isIndivisible()).isTrue();
        assertThat(disk(DiskSource.Type.RAW, Optional.empty()).isIndivisible()).isFalse();
        assertThat(disk(DiskSource.Type.RAW, Optional.of("id")).isIndivisible()).isTrue();
    }

    private static ResourceKind disk(DiskSource.Type type, Optional<String> id) {
        var source =
                new DiskSource(
                        type,
                        Optional.empty(),
                        id,
                        Optional.empty(),
                        Optional.empty(),
                        Labels.NONE);
        return new ResourceKind(
                "disk",
                List.of(),
                Optional.of(new Disk(Optional.empty(), Optional.of(source))),
                false,
                false,
                Optional.empty());
    }
}
