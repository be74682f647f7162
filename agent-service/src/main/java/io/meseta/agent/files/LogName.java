package io.meseta.agent.files;

import io.meseta.platform.process.LogFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/// The agent's own log beside the sandboxes, under the name by which Mesos shows it.
public final class LogName implements SandboxFiles.Roots {

    public static final String NAME = "/slave/log";

    private final LogFile log;
    private final SandboxFiles.Roots sandboxes;

    public LogName(LogFile log, SandboxFiles.Roots sandboxes) {
        this.log = log;
        this.sandboxes = sandboxes;
    }

    @Override
    public Optional<SandboxFiles.Root> find(String path) {
        return path.equals(NAME)
                ? log.present().map(file -> new SandboxFiles.Root(NAME, file))
                : sandboxes.find(path);
    }

    @Override
    public SortedMap<String, Path> all() {
        var all = sandboxes.all();
        log.present().ifPresent(file -> all.put(NAME, file.toAbsolutePath()));
        return all;
    }
}
