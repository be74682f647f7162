package io.meseta.agent.meters;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.agent.meters.ContainerMeters.Metered;
import io.meseta.agent.meters.ContainerMeters.Terms;
import io.meseta.runtime.state.Usage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContainerMetersTest {

    private static final String MEMORY = "meseta.container.memory.bytes";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Metered> running = new ArrayList<>();
    private final Map<UUID, Usage> usages = new HashMap<>();
    private final ContainerMeters meters =
            new ContainerMeters(
                    new Terms(2, Duration.ofMinutes(1)),
                    registry,
                    () -> List.copyOf(running),
                    container -> Optional.ofNullable(usages.get(container)));

    @Test
    void showsWhatEachHasUsedForAsLongAsItRuns() {
        var web = run("web", 1_500_000_000L, 4096);
        run("db", Usage.UNKNOWN, 8192);
        meters.round();

        assertThat(value(MEMORY, "web")).isEqualTo(4096);
        assertThat(value(MEMORY, "db")).isEqualTo(8192);
        assertThat(value("meseta.container.cpu.seconds", "web")).isEqualTo(1.5);
        assertThat(registry.find("meseta.container.cpu.seconds").tag("executor", "db").gauge())
                .isNull();

        usages.put(web.container(), usage(3_000_000_000L, 100));
        meters.round();
        assertThat(value(MEMORY, "web")).isEqualTo(100);

        running.remove(web);
        meters.round();
        assertThat(registry.find(MEMORY).gauges()).hasSize(1);
        running.clear();
        meters.round();
        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void showsNoMoreThanItMay() {
        for (var name : List.of("a", "b", "c", "d")) run(name, 1, 1);
        meters.round();

        assertThat(registry.find(MEMORY).gauges()).hasSize(2);
        assertThat(value(MEMORY, "a")).isEqualTo(1);
        assertThat(registry.get("meseta.containers.unshown").gauge().value()).isEqualTo(2);
    }

    @Test
    void leavesOutWhatCanNotBeMeasured() {
        run("known", 1, 1);
        running.add(new Metered(UUID.randomUUID(), "f", "unknown"));
        meters.round();

        assertThat(registry.find(MEMORY).gauges()).hasSize(1);
    }

    private double value(String name, String executor) {
        return registry.get(name).tag("executor", executor).gauge().value();
    }

    private Metered run(String executor, long nanos, long bytes) {
        var metered = new Metered(UUID.randomUUID(), "f", executor);
        running.add(metered);
        usages.put(metered.container(), usage(nanos, bytes));
        return metered;
    }

    private static Usage usage(long nanos, long bytes) {
        var none = Usage.NONE;
        var cpu = new Usage.CpuTime(nanos, -1, -1, -1, -1, -1);
        var memory = new Usage.MemoryUse(bytes, -1, -1, -1, -1, -1);
        return new Usage(cpu, memory, none.processes(), none.disk());
    }
}
