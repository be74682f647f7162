package io.meseta.master.core.preemption;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.allocator.want.Shortage;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Task;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.Opaque;
import io.meseta.model.Priority;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Which tasks are the fewest and the cheapest.
class SelectionTest {

    private static final int MAX = 10;

    @Test
    void takesOneThatIsEnoughRatherThanSeveral() {
        var chosen = chosen("cpus:4", unit("a", 0, "cpus:1"), unit("b", 0, "cpus:4"));

        assertThat(chosen).containsExactly("b");
    }

    @Test
    void takesSeveralOfLowPriorityRatherThanOneOfHigh() {
        var chosen =
                chosen(
                        "cpus:4",
                        unit("a", 0, "cpus:2"),
                        unit("b", 0, "cpus:2"),
                        unit("c", 1, "cpus:4"));

        assertThat(chosen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void leavesOutWhatTheOthersMakeNeedless() {
        var chosen =
                chosen(
                        "cpus:4;mem:100",
                        unit("a", 0, "cpus:3"),
                        unit("b", 0, "cpus:2;mem:50"),
                        unit("c", 0, "cpus:2;mem:50"));

        assertThat(chosen).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void findsPorts() {
        var chosen =
                chosen("ports:[5-6]", unit("a", 0, "ports:[1-4]"), unit("b", 0, "ports:[5-9]"));

        assertThat(chosen).containsExactly("b");
    }

    @Test
    void takesNobodyWhereAllAreNotEnough() {
        assertThat(chosen("cpus:4", unit("a", 0, "cpus:1"), unit("b", 0, "cpus:2"))).isEmpty();
    }

    @Test
    void takesNoMoreThanItMay() {
        var units = new ArrayList<Unit>();
        for (int i = 0; i < MAX + 1; i++) units.add(unit("t" + i, 0, "cpus:1"));
        var needed = Resources.parse("cpus:" + (MAX + 1));

        assertThat(new Selection(needed, units, MAX).enough(Resources.EMPTY)).isEmpty();
        assertThat(new Selection(needed, units, MAX).some(Resources.EMPTY)).hasSize(MAX);
    }

    @Test
    void isAlwaysEnoughAndNeverHasOneTooMany() {
        for (long seed = 1; seed <= 300; seed++) {
            var random = new SplittableRandom(seed);
            var units = new ArrayList<Unit>();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                var resources = "cpus:%d;mem:%d".formatted(random.nextInt(5), random.nextInt(500));
                units.add(unit("t" + i, random.nextInt(3), resources));
            }
            var needed = Resources.parse("cpus:4;mem:300");
            var found = new Selection(needed, units, MAX).enough(Resources.EMPTY);
            assertThat(found.isPresent())
                    .as("seed %d", seed)
                    .isEqualTo(Shortage.none(needed, sum(units)));
            if (found.isEmpty()) continue;
            assertThat(Shortage.none(needed, sum(found.get()))).as("seed %d", seed).isTrue();
            for (var unit : found.get()) {
                var fewer = new ArrayList<>(found.get());
                fewer.remove(unit);
                assertThat(Shortage.none(needed, sum(fewer))).as("seed %d", seed).isFalse();
            }
        }
    }

    private static Resources sum(List<Unit> units) {
        return units.stream().map(Unit::part).reduce(Resources.EMPTY, Resources::plus);
    }

    private static List<String> chosen(String needed, Unit... units) {
        return new Selection(Resources.parse(needed), Arrays.asList(units), MAX)
                .enough(Resources.EMPTY).orElse(List.of()).stream()
                        .map(unit -> unit.tasks().getFirst().key().task().value())
                        .toList();
    }

    private static Unit unit(String id, int priority, String resources) {
        var key = new TaskKey(new FrameworkId("f"), new TaskId(id));
        var spec =
                new TaskSpec(
                        key.task(), id, new Role("dev"), Resources.parse("cpus:1"), Opaque.EMPTY);
        var task = Task.launched(key, spec, new Placement(new AgentId("a"), 1, Instant.EPOCH));
        return new Unit(
                List.of(task), new Priority(priority), Resources.parse(resources), Instant.EPOCH);
    }
}
