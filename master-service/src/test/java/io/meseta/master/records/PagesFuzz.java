package io.meseta.master.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.task.TaskSpec;
import io.meseta.master.testing.FuzzedCluster;
import io.meseta.master.views.ClusterView;
import io.meseta.master.views.Visibility;
import io.meseta.model.Ids;
import io.meseta.model.Opaque;
import io.meseta.model.Resources;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.meseta.testkit.fuzz.Fuzz;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Pages from whatever place somebody names: going on from each page's `next` shows everything
/// once.
public final class PagesFuzz {

    private static final int TASKS_MAX = 6;

    private static final Fuzz FUZZ = Fuzz.of(PagesFuzz.class, PagesFuzz::fuzzerTestOneInput);

    @TestFactory
    Stream<DynamicTest> takeWhateverComes() {
        return FUZZ.tests(800);
    }

    /// Called by the fuzzer.
    public static void fuzzerInitialize() {
        FUZZ.layOutSeeds();
    }

    /// Called by the fuzzer.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        var cluster = new FuzzedCluster(input);
        int tasks = launch(cluster);
        var view = new ClusterView(cluster.stage().cluster(), Visibility.ALL);
        int limit = 1 + cluster.choices().below(3);

        var seen = new TreeSet<String>();
        var after = "";
        do {
            var page = Pages.tasks(view, limit, after);
            for (var task : page.tasks())
                assertThat(seen.add(task.toString())).as("%s twice", task).isTrue();
            after = page.next();
        } while (!after.isEmpty());

        assertThat(seen).hasSize(tasks);
        var place = cluster.choices().text();
        assertThat(Pages.tasks(view, limit, place).tasks()).hasSizeLessThanOrEqualTo(limit);
        assertThat(Pages.agents(view, limit, place).agents()).hasSizeLessThanOrEqualTo(limit);
        assertThat(Pages.frameworks(view, limit, place).frameworks())
                .hasSizeLessThanOrEqualTo(limit);
    }

    /// Tasks of odd names; returns how many there are.
    private static int launch(FuzzedCluster cluster) {
        for (int i = 0; i < TASKS_MAX; i++) {
            var name = cluster.choices().text();
            if (Ids.problem(name).isPresent()) continue;
            var offers = cluster.stage().offersOf(cluster.framework());
            if (offers.isEmpty()) break;
            var offer = offers.getFirst();
            var spec =
                    new TaskSpec(
                            new TaskId(name),
                            name,
                            new Role(offer.grant().role().name()),
                            Resources.parse("cpus:0.1"),
                            Opaque.EMPTY);
            cluster.put(
                    new Command.Accept(
                            cluster.stage().caller(cluster.framework()),
                            List.of(offer.id()),
                            List.of(
                                    new Operation.Launch(
                                            List.of(
                                                    new Operation.Proposal.Wellformed(
                                                            spec, offer.agent())))),
                            Duration.ZERO));
            cluster.stage().pass(Duration.ofSeconds(6));
        }
        return cluster.stage().cluster().tasks().size();
    }
}
