package io.meseta.agent.checkpoint;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.agent.checkpoint.v1.AgentCheckpoint;
import io.meseta.agent.checkpoint.v1.DescriptionCheckpoint;
import io.meseta.agent.checkpoint.v1.ExecutorCheckpoint;
import io.meseta.agent.checkpoint.v1.TaskCheckpoint;
import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.machine.Event;
import io.meseta.agent.core.machine.Machine;
import io.meseta.agent.core.task.AgentTask;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The agent's files under `meta`. Held by one agent process at a time.
public final class Checkpoints implements AutoCloseable {

    private static final int TASKS_MAX = 100_000;

    private final Path meta;
    private final Path tasks;
    private final Path executors;
    private final FileChannel lockChannel;
    private final CheckpointFiles kept;

    /// Takes hold of the directory; makes it if need be, for the agent's user only.
    ///
    /// @throws CheckpointFailure when another agent holds it
    public static Checkpoints open(Path meta) {
        try {
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(meta.resolve("tasks"), ownerOnly);
            Files.createDirectories(meta.resolve("executors"), ownerOnly);
            var channel =
                    FileChannel.open(
                            meta.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new CheckpointFailure(
                        meta
                                + " is in use by another agent: give each agent a work directory of"
                                + " its own");
            }
            return new Checkpoints(meta, channel, kept(meta, channel));
        } catch (IOException failure) {
            throw new CheckpointFailure("can't use " + meta + " for checkpoints", failure);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static CheckpointFiles kept(Path meta, FileChannel lock) throws IOException {
        try {
            return CheckpointFiles.open(meta);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    private Checkpoints(Path meta, FileChannel lockChannel, CheckpointFiles kept) {
        this.meta = meta;
        this.tasks = meta.resolve("tasks");
        this.executors = meta.resolve("executors");
        this.lockChannel = lockChannel;
        this.kept = kept;
    }

    /// The machine as it was last written; an empty one at first.
    public Machine read() {
        var file = meta.resolve("agent");
        var machine =
                CheckpointFile.read(file)
                        .map(bytes -> {
                            try {
                                return CheckpointCodec.machine(AgentCheckpoint.parseFrom(bytes));
                            } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
                                throw CheckpointFile.damaged(file);
                            }
                        })
                        .orElse(Machine.empty());
        var held = machine.tasks();
        for (var path : files(tasks)) {
            var task = readTask(path);
            if (task.isPresent()) held = held.plus(task.get().key(), task.get());
        }
        var employed = machine.executors();
        for (var path : files(executors)) {
            var executor = readExecutor(path);
            if (executor.isPresent())
                employed = employed.plus(executor.get().key(), executor.get());
        }
        return new Machine(
                machine.standing(),
                machine.orders(),
                machine.reports(),
                machine.holdings(),
                machine.drain(),
                held,
                employed);
    }

    /// Makes the recorded among `events` last; they have happened to `before`. On return they
    /// outlive the agent, all or none, and the machine, if one of them has to.
    public void write(Machine before, List<Event> events) {
        var touched = new LinkedHashMap<UUID, Optional<AgentTask>>();
        var touchedExecutors = new LinkedHashMap<UUID, Optional<AgentExecutor>>();
        boolean isAgentTouched = false;
        var machine = before;
        for (var event : events) {
            var next = machine.after(event);
            if (event.isRecorded()) {
                if (event instanceof Event.OfTask(var key, _)) {
                    var task = next.task(key);
                    var held = task.isPresent() ? task : machine.task(key);
                    held.ifPresent(holder -> touched.put(holder.container(), task));
                } else if (event instanceof Event.OfExecutor(var key, _)) {
                    var executor = next.executor(key);
                    var held = executor.isPresent() ? executor : machine.executor(key);
                    held.ifPresent(holder -> touchedExecutors.put(holder.container(), executor));
                } else {
                    isAgentTouched = true;
                }
            }
            machine = next;
        }
        var batch = new LinkedHashMap<String, Optional<byte[]>>();
        touchedExecutors.forEach((container, executor) ->
                batch.put(
                        "executors/" + container,
                        executor.map(each -> ExecutorCodec.executor(each).toByteArray())));
        touched.forEach((container, task) ->
                batch.put(
                        "tasks/" + container,
                        task.map(each -> CheckpointCodec.task(each).toByteArray())));
        if (isAgentTouched)
            batch.put("agent", Optional.of(CheckpointCodec.agent(machine).toByteArray()));
        try {
            // Whoever starts over is somebody else.
            if (events.stream().anyMatch(Event.StartedOver.class::isInstance)) {
                Files.deleteIfExists(meta.resolve("joining"));
                CheckpointFile.sync(meta);
            }
            if (batch.isEmpty()) return;
            if (events.stream().anyMatch(each -> each.isRecorded() && each.outlivesMachine()))
                kept.write(batch);
            else kept.writeSoon(batch);
        } catch (IOException failure) {
            throw new CheckpointFailure(
                    "can't write checkpoints in " + meta + "; is the disk full?", failure);
        }
    }

    /// By what an agent that has no id yet is known, whether or not it ever hears an answer. On
    /// disk when this returns.
    public UUID joining() {
        var file = meta.resolve("joining");
        var known = CheckpointFile.read(file);
        if (known.isPresent()) return uuid(file, known.get());
        var fresh = UUID.randomUUID();
        write("joining", fresh.toString().getBytes(StandardCharsets.US_ASCII));
        return fresh;
    }

    private static UUID uuid(Path file, byte[] text) {
        try {
            return UUID.fromString(new String(text, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException _) {
            throw CheckpointFile.damaged(file);
        }
    }

    /// Whether the machine was restarted since an agent [met][#meet] it here. False where none has.
    ///
    /// @param bootId another one after each start of the machine
    public boolean isRestarted(String bootId) {
        return CheckpointFile.read(meta.resolve("boot"))
                .map(met -> !new String(met, StandardCharsets.US_ASCII).equals(bootId))
                .orElse(false);
    }

    /// Everything that was held when the machine was restarted is taken care of.
    public void meet(String bootId) {
        write("boot", bootId.getBytes(StandardCharsets.US_ASCII));
    }

    /// What the agent last said of itself: a wire message.
    public Optional<byte[]> description() {
        var file = meta.resolve("description");
        return CheckpointFile.read(file)
                .map(bytes -> {
                    try {
                        return DescriptionCheckpoint.parseFrom(bytes).getAgentInfo().toByteArray();
                    } catch (InvalidProtocolBufferException _) {
                        throw CheckpointFile.damaged(file);
                    }
                });
    }

    public void describe(byte[] agentMessage) {
        var checkpoint =
                DescriptionCheckpoint.newBuilder()
                        .setAgentInfo(ByteString.copyFrom(agentMessage))
                        .build();
        write("description", checkpoint.toByteArray());
    }

    /// On disk when this returns.
    private void write(String name, byte[] message) {
        try {
            CheckpointFile.write(meta.resolve(name), message);
            CheckpointFile.sync(meta);
        } catch (IOException failure) {
            throw new CheckpointFailure("can't write " + meta.resolve(name), failure);
        }
    }

    @Override
    public void close() {
        try (lockChannel) {
            kept.close();
        } catch (IOException failure) {
            throw new CheckpointFailure("can't let go of " + meta, failure);
        }
    }

    private static List<Path> files(Path directory) {
        try (var paths = Files.list(directory)) {
            var files =
                    paths.filter(path -> !path.toString().endsWith(CheckpointFile.UNFINISHED))
                            .sorted()
                            .limit(TASKS_MAX + 1L)
                            .toList();
            if (files.size() > TASKS_MAX) {
                throw new CheckpointFailure(
                        directory
                                + " holds more than "
                                + TASKS_MAX
                                + " files, which no agent wrote");
            }
            return files;
        } catch (IOException failure) {
            throw new CheckpointFailure("can't list " + directory, failure);
        }
    }

    private static Optional<AgentTask> readTask(Path file) {
        return CheckpointFile.read(file)
                .map(bytes -> {
                    try {
                        return CheckpointCodec.task(TaskCheckpoint.parseFrom(bytes));
                    } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
                        throw CheckpointFile.damaged(file);
                    }
                });
    }

    private static Optional<AgentExecutor> readExecutor(Path file) {
        return CheckpointFile.read(file)
                .map(bytes -> {
                    try {
                        return ExecutorCodec.executor(ExecutorCheckpoint.parseFrom(bytes));
                    } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
                        throw CheckpointFile.damaged(file);
                    }
                });
    }
}
