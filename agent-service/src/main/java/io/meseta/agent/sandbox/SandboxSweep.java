package io.meseta.agent.sandbox;

import io.meseta.agent.launch.DirectoryTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes the sandboxes whose time has come, oldest first and a bounded number a round.
///
/// It keeps no list: it looks at the directories each time, so a restart forgets nothing.
public final class SandboxSweep {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxSweep.class);
    private static final int DELETIONS_MAX = 200;
    private static final int SANDBOXES_MAX = 200_000;

    private record Sandbox(Path path, Instant touched) {}

    /// What a round did.
    public record Round(int deleted, int failed, int left) {}

    private final Path workDirectory;
    private final GcSettings settings;

    public SandboxSweep(Path workDirectory, GcSettings settings) {
        this.workDirectory = workDirectory;
        this.settings = settings;
    }

    /// Looks at all sandboxes once.
    ///
    /// @param held the containers whose tasks the agent still holds
    public Round round(Instant now, Set<UUID> held) {
        return round(now, held, diskUsage());
    }

    Round round(Instant now, Set<UUID> held, double usage) {
        var oldest = now.minus(settings.ageMax(usage));
        var sandboxes = sandboxes(held);
        int deleted = 0;
        int failed = 0;
        for (var sandbox : sandboxes) {
            if (deleted + failed >= DELETIONS_MAX || !sandbox.touched().isBefore(oldest)) break;
            if (isDeleted(sandbox.path())) {
                deleted++;
            } else {
                failed++;
            }
        }
        return new Round(deleted, failed, sandboxes.size() - deleted);
    }

    /// How old a sandbox may grow at this moment.
    public Duration ageMax() {
        return settings.ageMax(diskUsage());
    }

    private List<Sandbox> sandboxes(Set<UUID> held) {
        var sandboxes = new ArrayList<Sandbox>();
        children(workDirectory.resolve("slaves")).stream()
                .flatMap(agent -> children(agent.resolve("frameworks")).stream())
                .flatMap(framework -> children(framework.resolve("executors")).stream())
                .flatMap(executor -> children(executor.resolve("runs")).stream())
                .filter(run -> !isHeld(run, held))
                .limit(SANDBOXES_MAX)
                .forEach(run -> sandboxes.add(new Sandbox(run, touched(run))));
        sandboxes.sort(Comparator.comparing(Sandbox::touched));
        return sandboxes;
    }

    private static boolean isHeld(Path run, Set<UUID> held) {
        try {
            return held.contains(UUID.fromString(run.getFileName().toString()));
        } catch (IllegalArgumentException _) {
            // Nothing of ours; not ours to delete.
            return true;
        }
    }

    private boolean isDeleted(Path sandbox) {
        try {
            DirectoryTree.delete(sandbox);
            var runs = sandbox.getParent();
            if (runs != null && children(runs).isEmpty()) {
                Files.deleteIfExists(runs.resolve("latest"));
                deleteEmptyUpwards(runs);
            }
            return true;
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("sandbox", sandbox)
                    .setCause(failure)
                    .log("A sandbox can't be deleted; the next round tries again.");
            return false;
        }
    }

    /// Up to the directory that all agents' sandboxes share.
    private void deleteEmptyUpwards(Path directory) throws IOException {
        var top = workDirectory.resolve("slaves");
        for (var path = directory; path != null && !path.equals(top); path = path.getParent()) {
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException _) {
                return;
            }
        }
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return List.of();
        try (var paths = Files.list(directory)) {
            return paths.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException _) {
            return List.of();
        }
    }

    private static Instant touched(Path path) {
        try {
            return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        } catch (IOException _) {
            return Instant.MAX;
        }
    }

    private double diskUsage() {
        try {
            var store = Files.getFileStore(workDirectory);
            long total = store.getTotalSpace();
            return total <= 0 ? 0 : 1 - (double) store.getUsableSpace() / total;
        } catch (IOException _) {
            return 0;
        }
    }
}
