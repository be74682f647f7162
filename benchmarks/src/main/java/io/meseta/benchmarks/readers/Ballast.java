package io.meseta.benchmarks.readers;

import static io.meseta.testkit.cluster.AgentDraft.anAgent;
import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;
import static io.meseta.testkit.cluster.TaskDraft.aTask;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.engine.Journal;
import io.meseta.testkit.cluster.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A cluster that is there to be shown.
final class Ballast {

    private Ballast() {}

    /// A journal of so many agents, each with so many tasks of one CPU.
    static Journal of(int agents, int tasksEach) {
        var stage = Stage.empty();
        var framework = stage.subscribe(aFramework().patientFor(Duration.ofDays(1)));
        for (int i = 0; i < agents; i++) {
            stage.join(anAgent("host-" + i).with("cpus:" + tasksEach + ";mem:65536"));
            for (var offer : stage.offersOf(framework)) {
                var tasks = new ArrayList<Operation.Proposal>();
                for (int j = 0; j < tasksEach; j++)
                    tasks.add(aTask("task-" + i + "-" + j).on(offer));
                stage.put(
                        new Command.Accept(
                                stage.caller(framework),
                                List.of(offer.id()),
                                List.of(new Operation.Launch(tasks)),
                                Duration.ofDays(1)));
            }
        }
        return stage.journal();
    }
}
