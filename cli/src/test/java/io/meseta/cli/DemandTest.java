package io.meseta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DemandTest {

    @Test
    void takesPartsOfSeveralResourcesOfAName() {
        var demand = Demand.of(Map.of("cpus", 0.3));
        var offered = List.of(cpus(0.1, "a"), cpus(0.1, "*"), cpus(5, "*"));

        assertThat(demand.takenFrom(offered))
                .hasValue(List.of(cpus(0.1, "a"), cpus(0.1, "*"), cpus(0.1, "*")));
    }

    @Test
    void takesNothingWhereThereIsTooLittle() {
        var demand = Demand.of(Map.of("cpus", 1.0));

        assertThat(demand.takenFrom(List.of(cpus(0.999, "*")))).isEmpty();
        assertThat(demand.takenFrom(List.of())).isEmpty();
    }

    @Test
    void leavesRevocableResourcesAndVolumesAlone() {
        var demand = Demand.of(Map.of("cpus", 1.0));
        var revocable =
                cpus(4, "*").toBuilder()
                        .setRevocable(Resource.RevocableInfo.getDefaultInstance())
                        .build();
        var volume =
                cpus(4, "*").toBuilder().setDisk(Resource.DiskInfo.getDefaultInstance()).build();

        assertThat(demand.takenFrom(List.of(revocable, volume))).isEmpty();
    }

    @Test
    void asksForNothingWhereTheAmountIsZero() {
        assertThat(Demand.of(Map.of("disk", 0.0)).takenFrom(List.of())).hasValue(List.of());
    }

    @Test
    void speaksOfAmountsAsPeopleDo() {
        assertThat(Demand.of(Map.of("cpus", 1.5))).hasToString("cpus 1.5");
        assertThat(Demand.of(Map.of("mem", 128.0))).hasToString("mem 128 MB");
    }

    private static Resource cpus(double amount, String role) {
        return Resource.newBuilder()
                .setName("cpus")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(role))
                .build();
    }
}
