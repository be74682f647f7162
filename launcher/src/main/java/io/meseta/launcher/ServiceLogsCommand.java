package io.meseta.launcher;

import io.meseta.launcher.logs.FileTail;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows the log of one of our services.
@Command(
        name = "logs",
        description = "Shows a service's log (of a task: logs ID).",
        mixinStandardHelpOptions = true)
final class ServiceLogsCommand implements Callable<Integer> {

    private static final String SUFFIX = ".log";
    private static final long LOOK_MS = 200;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private DataChoice data = new DataChoice();

    @Option(
            names = "--service",
            required = true,
            paramLabel = "NAME",
            description = "launcher, postgres, master, agent-1, …")
    private String service = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until Ctrl-C.")
    private boolean isFollowing;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "How many of the last lines (default 200).")
    private int lines = 200;

    ServiceLogsCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var layout = data.layout();
        var names = names(layout.logs());
        if (!names.contains(service)) {
            throw new Trouble(
                    "no log of "
                            + service
                            + (names.isEmpty() ? "" : ": there are " + String.join(", ", names)));
        }
        var out = spec.commandLine().getOut();
        try {
            show(FileTail.fromLines(layout.log(service), Math.max(0, lines)), out);
        } catch (IOException failure) {
            throw new Trouble("cannot read " + layout.log(service), failure);
        }
        return 0;
    }

    private void show(FileTail tail, PrintWriter out) throws IOException, InterruptedException {
        while (true) {
            var news = tail.next();
            if (!news.isEmpty()) {
                out.print(news);
                out.flush();
            } else if (isFollowing && !out.checkError()) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            } else {
                return;
            }
        }
    }

    /// Only names that are there are read: what the user types never becomes a path.
    private static List<String> names(Path logs) {
        try (var files = Files.newDirectoryStream(logs, "*" + SUFFIX)) {
            var names = new ArrayList<String>();
            for (var file : files) {
                var name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - SUFFIX.length()));
            }
            names.sort(null);
            return names;
        } catch (IOException _) {
            return List.of();
        }
    }
}
