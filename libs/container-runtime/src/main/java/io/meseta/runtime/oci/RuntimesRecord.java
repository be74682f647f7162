package io.meseta.runtime.oci;

import io.meseta.runtime.plan.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a runtime itself keeps of a container of which nothing runs any more.
///
/// @param tools with the runtime that has made the container
record RuntimesRecord(OciTools tools, ContainerId id) {

    /// All that these runtimes keep of a container whose processes have ended, whose cgroup is ours
    /// to remove, and that has no hooks. Their `delete` would remove just that, for a fifth of what
    /// it takes to run a short container.
    private static final Map<String, Set<String>> FILES =
            Map.of("runc", Set.of("state.json"), "crun", Set.of("status", "config.json"));

    /// Removes it; nothing is fine. Where there is more than is known here, by the runtime.
    void remove() throws InterruptedException {
        if (!isRemovedByName()) tools.call("delete", "--force", id.value());
    }

    private boolean isRemovedByName() {
        var names = FILES.get(tools.runtime().kind());
        if (names == null) return false;
        var directory = tools.state().resolve(id.value());
        if (!Files.isDirectory(directory)) return true;
        try {
            var files = files(directory);
            if (!files.stream().allMatch(each -> names.contains(each.getFileName().toString())))
                return false;
            for (var each : files) Files.deleteIfExists(each);
            Files.deleteIfExists(directory);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }
}
