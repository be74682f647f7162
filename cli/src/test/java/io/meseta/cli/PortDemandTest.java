package io.meseta.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PortDemandTest {

    private static final Resource OURS = ports("dev", 31000, 31002);
    private static final Resource ANYONES = ports("*", 8000, 8001);

    @Test
    void takesEachPortFromTheResourceThatHasIt() {
        var taken =
                PortDemand.parse(List.of("31001", "http=8000"))
                        .takenFrom(List.of(OURS, ANYONES))
                        .orElseThrow();

        assertThat(taken.numbers()).containsExactly(31001, 8000);
        assertThat(taken.resources())
                .containsExactly(ports("dev", 31001, 31001), ports("*", 8000, 8000));
    }

    @Test
    void takesAnyPortsThatAreLeftWhereNoneIsNamed() {
        for (int i = 0; i < 50; i++) {
            var taken =
                    PortDemand.parse(List.of("auto", "8001", "auto"))
                            .takenFrom(List.of(ANYONES, ports("*", 9000, 9000)))
                            .orElseThrow();

            assertThat(taken.numbers()).containsExactlyInAnyOrder(8000, 8001, 9000);
            assertThat(taken.numbers().get(1)).isEqualTo(8001);
        }
    }

    @Test
    void takesNothingWhereOneIsMissing() {
        assertThat(PortDemand.parse(List.of("7999")).takenFrom(List.of(ANYONES))).isEmpty();
        assertThat(PortDemand.parse(List.of("auto", "auto", "auto")).takenFrom(List.of(ANYONES)))
                .isEmpty();
        assertThat(PortDemand.parse(List.of()).takenFrom(List.of()).orElseThrow().resources())
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoPort() {
        for (var text : List.of("0", "65536", "x", "-1", "a b=1", "=1", "n=", ""))
            assertThatThrownBy(() -> PortDemand.parse(List.of(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PortDemand.parse(List.of("80", "a=80")))
                .hasMessage("port 80 is named twice");
        assertThatThrownBy(() -> PortDemand.parse(List.of("a-b=auto", "a_b=auto")))
                .hasMessage("two ports would both be $PORT_A_B");
    }

    private static Resource ports(String role, long begin, long end) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(
                        Value.Ranges.newBuilder()
                                .addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end)))
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(role))
                .build();
    }
}
