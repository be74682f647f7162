package io.meseta.master.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.framework.Framework;
import io.meseta.master.core.task.CompletedTask;
import io.meseta.master.core.task.Placement;
import io.meseta.master.core.task.Task;
import io.meseta.master.play.Play;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import io.meseta.model.TaskId;
import io.meseta.model.TaskKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is remembered of what is over, and how much of it.
final class CompletedTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final FrameworkId ONE = new FrameworkId("F1");

    @Test
    void findsTheNewestTaskOfAnId() {
        var completed =
                Completed.NOTHING
                        .with(task(ONE, "a", 1), NOON)
                        .with(task(ONE, "b", 2), NOON)
                        .with(task(ONE, "a", 3), NOON.plusSeconds(1));

        assertThat(completed.find(key(ONE, "a")).orElseThrow().task().placement().order())
                .isEqualTo(3);
        assertThat(completed.find(key(ONE, "b")).orElseThrow().completedAt()).isEqualTo(NOON);
        assertThat(completed.find(key(ONE, "c"))).isEmpty();
    }

    @Test
    void keepsTheNewestTasksOfAFramework() {
        var completed = Completed.NOTHING;
        for (int i = 0; i < Completed.TASKS_MAX; i++)
            completed = completed.with(task(ONE, "t" + i, 1), NOON);
        assertThat(completed.find(key(ONE, "t0"))).isPresent();

        completed = completed.with(task(ONE, "last", 1), NOON);

        assertThat(completed.tasksOf(ONE)).hasSize(Completed.TASKS_MAX);
        assertThat(completed.find(key(ONE, "t0"))).isEmpty();
        assertThat(completed.find(key(ONE, "t1"))).isPresent();
    }

    @Test
    void keepsTheNewestFrameworksWithTheirTasksAndTheIdsOfMore() {
        var completed = Completed.NOTHING.with(task(id(0), "t", 1), NOON);
        for (int i = 0; i < Completed.FRAMEWORKS_MAX; i++)
            completed = completed.with(framework(i), NOON);
        assertThat(completed.frameworks()).hasSize(Completed.FRAMEWORKS_MAX);
        assertThat(completed.tasksOf(id(0))).hasSize(1);

        completed = completed.with(framework(Completed.FRAMEWORKS_MAX), NOON);

        assertThat(completed.frameworks()).hasSize(Completed.FRAMEWORKS_MAX);
        assertThat(completed.tasksOf(id(0))).isEmpty();
        assertThat(completed.hasFramework(id(0))).as("it can't come back").isTrue();
    }

    @Test
    void letsTheOldestIdsGo() {
        var completed = Completed.NOTHING;
        for (int i = 0; i < Completed.IDS_MAX; i++) completed = completed.with(framework(i), NOON);
        assertThat(completed.hasFramework(id(0))).isTrue();

        completed = completed.with(framework(Completed.IDS_MAX), NOON);

        assertThat(completed.hasFramework(id(0))).isFalse();
        assertThat(completed.hasFramework(id(1))).isTrue();
    }

    @Test
    void isTheSameFromItsParts() {
        var completed = Completed.NOTHING.with(framework(1), NOON).with(task(ONE, "a", 1), NOON);

        var again =
                Completed.of(
                        List.of(id(1)),
                        List.copyOf(completed.frameworks()),
                        List.of(new CompletedTask(task(ONE, "a", 1), NOON)));

        assertThat(again).isEqualTo(completed);
    }

    private static FrameworkId id(int number) {
        return new FrameworkId("G" + number);
    }

    private static Framework framework(int number) {
        return Framework.registered(id(number), Play.profile(Duration.ZERO), NOON);
    }

    private static TaskKey key(FrameworkId framework, String id) {
        return new TaskKey(framework, new TaskId(id));
    }

    private static Task task(FrameworkId framework, String id, long order) {
        return Task.launched(
                key(framework, id),
                Play.spec(id, "cpus:1"),
                new Placement(new AgentId("S1"), order, NOON));
    }
}
