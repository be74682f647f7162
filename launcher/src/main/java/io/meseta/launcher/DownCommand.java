package io.meseta.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Stops what `up` has started, also when the launcher itself is no more.
@Command(
        name = "down",
        description = "Kills the tasks, then stops agents, master and PostgreSQL.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    /// More than a launcher takes: the tasks' limit and each child's.
    private static final Duration LIMIT = Duration.ofSeconds(150);

    private static final Duration SWEEP_LIMIT = Duration.ofSeconds(20);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DataChoice data = new DataChoice();

    DownCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        var layout = data.layout();
        var progress = new Progress(spec.commandLine().getOut());
        var record = RunRecord.load(layout.runFile());
        if (record.isEmpty()) {
            progress.say("nothing runs from " + layout.data());
            return 0;
        }
        var launcher = record.get().launcher();
        if (launcher.isAlive()) {
            progress.say("stopping (pid " + launcher.pid() + ")");
            if (!launcher.end(LIMIT)) {
                throw new Trouble(
                        "the launcher did not stop within "
                                + LIMIT.toSeconds()
                                + " s and was killed: run ./meseta down again for the rest");
            }
        }
        // A launcher that stops in order has removed its record; one that was killed has not.
        var left = RunRecord.load(layout.runFile());
        if (left.isPresent()) {
            stopOrphans(layout, progress, left.get());
        }
        progress.say("down");
        return 0;
    }

    private static void stopOrphans(Layout layout, Progress progress, RunRecord record)
            throws InterruptedException, IOException {
        try (var _ = DataLock.tryTake(layout).orElseThrow(() -> UpCommand.alreadyRunning(layout))) {
            var leftovers = new Leftovers(layout, progress);
            boolean hasMaster =
                    record.children().stream()
                            .anyMatch(child ->
                                    Services.isMaster(child.name())
                                            && child.process().isAlive());
            if (hasMaster) {
                new TaskSweep(progress).run(record.endpoints(), SWEEP_LIMIT);
            }
            leftovers.endChildren(record);
            leftovers.killTasks();
            Files.deleteIfExists(layout.runFile());
        }
    }
}
