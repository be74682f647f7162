package io.meseta.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.meseta.runtime.plan.ContainerProcess.Rlimit;
import io.meseta.runtime.plan.Namespaces.IdRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What no plan can hold.
final class PlanTest {

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "-x", ".hidden", "a\nb", "ü"})
    void refusesNamesThatAreNone(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ContainerId(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative", "/a/../b", "", "/a/.."})
    void refusesTargetsThatLeadUp(String target) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mount.Bind.of(Path.of("/x"), target, true));
    }

    @Test
    void refusesWhatWouldEndAnArgumentOrAVariable() {
        assertThatIllegalArgumentException().isThrownBy(() -> ContainerProcess.of("a\0b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerProcess.of("a").knowing(Map.of("A=B", "c")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerProcess.of("a").knowing(Map.of("A", "secret\0")))
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesLimitsThatContradictThemselves() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Rlimit(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rlimit(Rlimit.UNLIMITED, 1));
        assertThat(new Rlimit(1, Rlimit.UNLIMITED).soft()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Limits.Memory(0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdRange(0, 1L << 32, 1));
    }

    @Test
    void refusesRightsBeyondTheirBounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Privileges(
                                Set.of(),
                                Set.of(Capability.KILL),
                                Set.of(),
                                true,
                                new Seccomp.Standard()));
    }

    @Test
    void refusesOptionsThatHoldSeveral() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mount.Tmpfs("/x", 1, 0777, List.of("nodev,dev")));
    }

    @Test
    void countsProcessorsInThousandths() {
        var cpu = Limits.Cpu.NONE.weighing(2000).atMost(250);

        assertThat(cpu.shares()).isEqualTo(2048);
        assertThat(cpu.quotaMicros()).isEqualTo(25_000);
        assertThat(Limits.Cpu.NONE.weighing(0).shares()).isEqualTo(2);
    }
}
