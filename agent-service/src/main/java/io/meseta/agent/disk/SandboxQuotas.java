package io.meseta.agent.disk;

import io.meseta.agent.launch.DirectoryTree;
import io.meseta.runtime.quota.DirectoryQuotas;
import io.meseta.runtime.state.RuntimeFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Quotas of sandboxes, where the file system keeps some; elsewhere, and for a sandbox that can't
/// get one, sandboxes are watched alone.
///
/// A sandbox has its project until it is deleted, long after its task has ended: what is in it
/// counts as that. So it is written down, in a file of the container's name.
public final class SandboxQuotas {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxQuotas.class);

    /// Writes are stopped a little above what is to end a task, or it would never be seen to take
    /// more than it may.
    static final long SLACK_BYTES = 10 << 20;

    private static final int FILE_BYTES_MAX = 8192;
    private static final String FRESH = ".new";

    /// What of a sandbox is known.
    private record Counted(long project, Path sandbox) {}

    /// Where quotas are, and what of them is ours.
    ///
    /// @param records where it is written down which sandbox has which project
    private record Ground(DirectoryQuotas quotas, Path records, ProjectRange range) {}

    private final @Nullable Ground ground;

    /// A lock, since several sandboxes are made at a time.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<UUID, Counted> counted = new TreeMap<>();

    private SandboxQuotas(@Nullable Ground ground) {
        this.ground = ground;
        if (ground != null) read(ground.records());
    }

    /// Where the file system keeps none.
    public static SandboxQuotas none() {
        return new SandboxQuotas(null);
    }

    /// @param records where it is written down which sandbox has which project
    public static SandboxQuotas by(DirectoryQuotas quotas, Path records, ProjectRange range) {
        return new SandboxQuotas(new Ground(quotas, records, range));
    }

    /// Counts a sandbox that nobody but the agent can get into yet.
    ///
    /// @param bytesMax what it has asked for; 0 for nothing
    public void begin(UUID container, Path sandbox, long bytesMax) throws InterruptedException {
        if (ground == null) return;
        lock.lockInterruptibly();
        try {
            var project = project(ground, container);
            write(ground, container, new Counted(project, sandbox));
            ground.quotas().begin(sandbox, project, bytesMax == 0 ? 0 : bytesMax + SLACK_BYTES);
            counted.put(container, new Counted(project, sandbox));
        } catch (RuntimeFault | NoProject | UncheckedIOException failure) {
            counted.remove(container);
            LOG.atWarn()
                    .addKeyValue("container", container)
                    .setCause(failure)
                    .log("A sandbox gets no quota, and is watched alone.");
        } finally {
            lock.unlock();
        }
    }

    /// That all projects are somebody's.
    private static final class NoProject extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoProject(ProjectRange range) {
            super("all projects of %s are in use".formatted(range));
        }
    }

    /// The one that it has, or one that nobody uses: other agents may have sandboxes on the same
    /// file system, so each begins to look at another place.
    private long project(Ground where, UUID container) throws InterruptedException {
        var known = counted.get(container);
        if (known != null) return known.project();
        var taken = where.quotas().shares();
        var ours = counted.values().stream().map(Counted::project).collect(Collectors.toSet());
        var range = where.range();
        long from = where.records().toString().hashCode();
        for (long steps = 0; steps < range.count(); steps++) {
            long project = range.at(from, steps);
            var share = taken.get(project);
            boolean isFree = share == null || (share.usedBytes() == 0 && share.hardBytes() == 0);
            if (isFree && !ours.contains(project)) return project;
        }
        throw new NoProject(range);
    }

    /// What each sandbox takes that is counted, in bytes.
    Map<UUID, Long> used() throws InterruptedException {
        if (ground == null) return Map.of();
        lock.lockInterruptibly();
        try {
            var used = new HashMap<UUID, Long>();
            if (counted.isEmpty()) return used;
            var shares = ground.quotas().shares();
            counted.forEach((container, each) -> {
                var share = shares.get(each.project());
                if (share != null) used.put(container, share.usedBytes());
            });
            return used;
        } catch (RuntimeFault fault) {
            LOG.atWarn().setCause(fault).log("Quotas can't be read; sandboxes are measured.");
            return Map.of();
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of the projects of sandboxes that are deleted.
    void tidy() throws InterruptedException {
        if (ground == null) return;
        lock.lockInterruptibly();
        try {
            for (var each : List.copyOf(counted.entrySet())) {
                if (Files.exists(each.getValue().sandbox(), LinkOption.NOFOLLOW_LINKS)) continue;
                ground.quotas().end(each.getValue().project());
                DirectoryTree.delete(ground.records().resolve(each.getKey().toString()));
                counted.remove(each.getKey());
            }
        } catch (RuntimeFault | IOException fault) {
            LOG.atWarn().setCause(fault).log("A quota can't be let go of; it is tried again.");
        } finally {
            lock.unlock();
        }
    }

    private static void write(Ground where, UUID container, Counted what) {
        var file = where.records().resolve(container.toString());
        var fresh = where.records().resolve(container + FRESH);
        try {
            Files.createDirectories(where.records());
            Files.writeString(fresh, what.project() + "\n" + what.sandbox());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("can't write " + file, failure);
        }
    }

    private void read(Path records) {
        try (var files = Files.newDirectoryStream(records)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var known = known(file);
                // Of a write that was cut off nothing has come; what can't be read was lost when
                // the machine stopped, and its sandbox is watched alone.
                if (name.endsWith(FRESH) || known.isEmpty()) Files.delete(file);
                else counted.put(UUID.fromString(name), known.get());
            }
        } catch (NoSuchFileException _) {
            counted.clear();
        } catch (IOException | IllegalArgumentException failure) {
            throw new IllegalStateException("can't read which sandbox has which quota", failure);
        }
    }

    private static Optional<Counted> known(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            var text = new String(stream.readNBytes(FILE_BYTES_MAX), StandardCharsets.UTF_8);
            var lines = text.split("\n", 2);
            if (lines.length != 2) return Optional.empty();
            return Optional.of(new Counted(Long.parseLong(lines[0]), Path.of(lines[1])));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
