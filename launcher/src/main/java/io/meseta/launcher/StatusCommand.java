package io.meseta.launcher;

import io.meseta.launcher.RunRecord.RecordedChild;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Says what runs.
@Command(
        name = "status",
        description = "Says what runs. Exits with 0 when all is well, 3 when not.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    /// As service scripts have it: "not running".
    private static final int NOT_RUNNING = 3;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DataChoice data = new DataChoice();

    StatusCommand() {}

    @Override
    public Integer call() {
        var layout = data.layout();
        var out = new Progress(spec.commandLine().getOut());
        var found = RunRecord.load(layout.runFile());
        if (found.isEmpty()) {
            out.say("nothing runs from " + layout.data() + ": start it with ./meseta up --open");
            return NOT_RUNNING;
        }
        var record = found.get();
        boolean isLed = record.launcher().isAlive();
        out.say(line("launcher", record.launcher().pid(), isLed ? "running" : "dead", ""));
        boolean isWell = isLed;
        for (var child : record.children()) {
            var state = state(child);
            isWell &= state.equals("ready");
            out.say(line(child.name(), child.process().pid(), state, child.url()));
        }
        if (!isLed) {
            out.say("the launcher is dead: ./meseta down cleans up, ./meseta up starts again");
        }
        return isWell ? 0 : NOT_RUNNING;
    }

    private static String state(RecordedChild child) {
        if (!child.process().isAlive()) {
            return "dead";
        }
        // Whether PostgreSQL answers is the master's affair, and part of the master's readiness.
        boolean isService = child.url().startsWith("http");
        boolean isReady = !isService || new Probe.HttpProbe(URI.create(child.url())).isReady();
        return isReady ? "ready" : "not ready";
    }

    private static String line(String name, long pid, String state, String url) {
        return "%-10s pid %-8d %-10s %s".formatted(name, pid, state, url).stripTrailing();
    }
}
