package io.meseta.agent.files;

import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.sandbox.SandboxPath;
import io.meseta.agent.sandbox.Sandboxes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The names that sandboxes go by: their own path on this machine, and
/// `/frameworks/F/executors/E/runs/CONTAINER`, in both with `latest` for the newest run.
///
/// Sandboxes of tasks that are no longer held are found by their form, for as long as they exist.
public final class SandboxNames implements SandboxFiles.Roots {

    private static final String RUN = "frameworks/([^/]+)/executors/([^/]+)/runs/([^/]+)";

    private final Path workDirectory;
    private final Sandboxes sandboxes;
    private final Supplier<Machine> machine;
    private final Pattern real;
    private final Pattern brief = Pattern.compile("/" + RUN + "(?:/.*)?", Pattern.DOTALL);

    public SandboxNames(Path workDirectory, Sandboxes sandboxes, Supplier<Machine> machine) {
        this.workDirectory = workDirectory;
        this.sandboxes = sandboxes;
        this.machine = machine;
        var slaves = workDirectory.resolve("slaves");
        this.real =
                Pattern.compile(
                        Pattern.quote(slaves.toString()) + "/([^/]+)/" + RUN + "(?:/.*)?",
                        Pattern.DOTALL);
    }

    @Override
    public Optional<SandboxFiles.Root> find(String path) {
        var full = real.matcher(path);
        if (full.matches()) {
            return root(
                    path, full.end(4), full.group(1), full.group(2), full.group(3), full.group(4));
        }
        var shortened = brief.matcher(path);
        var agent = machine.get().agent();
        if (agent.isEmpty() || !shortened.matches()) return Optional.empty();
        return root(
                path,
                shortened.end(3),
                agent.get().value(),
                shortened.group(1),
                shortened.group(2),
                shortened.group(3));
    }

    @Override
    public SortedMap<String, Path> all() {
        var all = new TreeMap<String, Path>();
        var agent = machine.get().agent();
        if (agent.isEmpty()) return all;
        for (var task : machine.get().tasks().values()) {
            put(SandboxPath.of(agent.get(), task).outer(), all);
        }
        for (var executor : machine.get().executors().values())
            put(SandboxPath.of(agent.get(), executor), all);
        return all;
    }

    private void put(SandboxPath path, SortedMap<String, Path> all) {
        var sandbox = sandboxes.locate(path);
        all.put(sandbox.toString(), sandbox);
        all.put(
                "/frameworks/%s/executors/%s/runs/latest"
                        .formatted(path.executor().framework(), path.executor().executor()),
                sandbox);
    }

    private Optional<SandboxFiles.Root> root(String path, int end, String... names) {
        for (var name : names) {
            if (name.equals(".") || name.equals("..")) return Optional.empty();
        }
        var sandbox =
                workDirectory
                        .resolve("slaves")
                        .resolve(names[0])
                        .resolve("frameworks")
                        .resolve(names[1])
                        .resolve("executors")
                        .resolve(names[2])
                        .resolve("runs")
                        .resolve(names[3]);
        return Optional.of(new SandboxFiles.Root(path.substring(0, end), sandbox));
    }
}
