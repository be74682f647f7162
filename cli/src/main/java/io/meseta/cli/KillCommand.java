package io.meseta.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Kills a task of whichever framework.
@Command(name = "kill", description = "Kills a task.", mixinStandardHelpOptions = true)
final class KillCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ClusterChoice cluster = new ClusterChoice();

    @Parameters(paramLabel = "ID", description = "The task's id, or FRAMEWORK/ID.")
    private String id = "";

    KillCommand() {}

    @Override
    public Integer call() {
        try (var master = cluster.master()) {
            var task = Tasks.of(master).named(id);
            if (Tasks.isTerminal(task.getState())) {
                throw new Refusal(id + " has already ended: " + task.getState());
            }
            if (!master.kill(task.getFrameworkId(), task.getTaskId())) {
                throw new Refusal(id + " has ended in the meantime");
            }
            spec.commandLine().getOut().println("killing " + Tasks.fullName(task));
            return 0;
        }
    }
}
