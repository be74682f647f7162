package io.meseta.master.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Event;
import io.meseta.master.history.Endings.EndedFramework;
import io.meseta.master.history.Endings.EndedTask;
import io.meseta.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is found from events is what the state has moved to what is completed.
final class EndingsProperties {

    @Test
    void findsExactlyWhatTheFoldCompletes() {
        Seeds.runSeeds(20, seed -> findsAll(Life.of(seed, 400)));
    }

    private static void findsAll(Life life) {
        var state = Cluster.EMPTY;
        int found = 0;
        for (var entry : life.entries()) {
            var tasks = new ArrayList<EndedTask>();
            var frameworks = new ArrayList<EndedFramework>();
            var before = state;
            for (var event : entry.events()) {
                var next = state.after(event);
                collect(state, event, next, entry.sequence(), tasks, frameworks);
                state = next;
            }

            var endings = Endings.of(before, entry.sequence(), entry.events());

            assertThat(endings.tasks()).isEqualTo(tasks);
            assertThat(endings.frameworks()).isEqualTo(frameworks);
            found += tasks.size();
        }
        assertThat(found).isPositive();
    }

    private static void collect(
            Cluster before,
            Event event,
            Cluster after,
            long sequence,
            List<EndedTask> tasks,
            List<EndedFramework> frameworks) {
        if (event instanceof Event.OfTask(var each)
                && before.tasks().find(each.task()).isPresent()
                && after.tasks().find(each.task()).isEmpty()) {
            var completed = after.completed().find(each.task()).orElseThrow();
            tasks.add(new EndedTask(completed.task(), completed.completedAt(), sequence));
        }
        if (event instanceof Event.OfFramework(var each)
                && before.framework(each.framework()).isPresent()
                && after.framework(each.framework()).isEmpty()) {
            var ended = after.completed().frameworks().getLast();
            frameworks.add(new EndedFramework(ended.framework(), ended.at(), sequence));
        }
    }
}
