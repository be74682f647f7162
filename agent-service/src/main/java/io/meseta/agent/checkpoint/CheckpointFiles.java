package io.meseta.agent.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one agent, changed by batches that last by the [CheckpointLog]. The files follow
/// without waiting for the disk.
final class CheckpointFiles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

    /// The agent's own; or a task's or an executor's, in its directory.
    private static final Pattern NAME = Pattern.compile("agent|(tasks|executors)/[0-9a-f-]{36}");

    private final Path meta;
    private final CheckpointLog log;

    /// Files that were written and may not be on the disk, by name.
    private final Set<String> unsynced = new LinkedHashSet<>();

    /// Files of which the log holds, on the disk, what they were: it mends what a stop of the
    /// machine has left of them.
    private final Set<String> mendable = new HashSet<>();

    /// What the log has and files do not; no more than the log holds.
    private final Map<String, Optional<byte[]>> behind = new HashMap<>();

    private CheckpointFiles(Path meta, CheckpointLog log) {
        this.meta = meta;
        this.log = log;
    }

    /// Opens them as the last agent process has written them, whether the machine has stopped since
    /// or not.
    static CheckpointFiles open(Path meta) throws IOException {
        var log = CheckpointLog.open(meta.resolve("log"));
        var files = new CheckpointFiles(meta, log);
        try {
            // A log that is new must be found again.
            CheckpointFile.sync(meta);
            // The log goes on where it ends: a start is not the time to wait for many files.
            for (var entry : log.read()) {
                check(entry);
                files.apply(entry);
            }
            log.force();
            files.mendable.addAll(files.unsynced);
            return files;
        } catch (IOException | RuntimeException failure) {
            log.close();
            throw failure;
        }
    }

    /// Writes a batch, messages by the names of files, empty for those to be deleted. On disk when
    /// this returns.
    void write(Map<String, Optional<byte[]>> batch) throws IOException {
        write(batch, true);
    }

    /// Writes a batch that outlives this process, and that a stop of the machine may undo, with all
    /// such batches after it. Files are as they were before then, and never half written.
    void writeSoon(Map<String, Optional<byte[]>> batch) throws IOException {
        write(batch, false);
    }

    private void write(Map<String, Optional<byte[]>> batch, boolean outlivesMachine)
            throws IOException {
        check(batch);
        if (!isAppended(batch, outlivesMachine)) {
            sync();
            if (!isAppended(batch, outlivesMachine)) {
                // Larger than the log can be.
                apply(batch);
                sync();
                return;
            }
        }
        follow(batch);
    }

    /// What is in the log has happened, whether or not the files can follow at once.
    private void follow(Map<String, Optional<byte[]>> batch) {
        behind.putAll(batch);
        try {
            apply(Map.copyOf(behind));
            behind.clear();
        } catch (IOException failure) {
            LOG.atWarn().setCause(failure).log("Checkpoints are in their log alone for now.");
        }
    }

    private boolean isAppended(Map<String, Optional<byte[]>> batch, boolean outlivesMachine)
            throws IOException {
        boolean isForced = outlivesMachine || !mendable.containsAll(batch.keySet());
        if (!log.append(batch, isForced)) return false;
        if (isForced) mendable.addAll(batch.keySet());
        return true;
    }

    private static void check(Map<String, Optional<byte[]>> batch) throws IOException {
        for (var name : batch.keySet())
            if (!NAME.matcher(name).matches()) throw new IOException("no checkpoint: " + name);
    }

    private void apply(Map<String, Optional<byte[]>> batch) throws IOException {
        for (var each : batch.entrySet()) {
            var name = each.getKey();
            var file = meta.resolve(name);
            if (each.getValue().isPresent()) {
                CheckpointFile.put(file, each.getValue().get());
            } else {
                Files.deleteIfExists(file);
            }
            unsynced.add(name);
        }
    }

    /// Makes the files last by themselves, and forgets the log.
    private void sync() throws IOException {
        apply(Map.copyOf(behind));
        behind.clear();
        var directories = new TreeSet<Path>();
        for (var name : unsynced) {
            var file = meta.resolve(name);
            if (Files.exists(file)) CheckpointFile.sync(file);
            directories.add(name.contains("/") ? meta.resolve(name.split("/", 2)[0]) : meta);
        }
        for (var directory : directories) CheckpointFile.sync(directory);
        unsynced.clear();
        mendable.clear();
        if (!log.isEmpty()) log.clear();
    }

    @Override
    public void close() throws IOException {
        try (log) {
            sync();
        }
    }
}
