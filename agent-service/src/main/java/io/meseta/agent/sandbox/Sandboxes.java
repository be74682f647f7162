package io.meseta.agent.sandbox;

import static java.nio.file.StandardOpenOption.CREATE;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.DirectoryTree;
import io.meseta.model.TaskId;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Makes and finds sandboxes under the agent's work directory.
public final class Sandboxes {

    /// What every sandbox holds from its first moment on.
    public static final List<String> OUTPUTS = List.of("stdout", "stderr");

    private final Path workDirectory;

    public Sandboxes(Path workDirectory) {
        this.workDirectory = workDirectory;
    }

    public Path locate(SandboxPath path) {
        return path.under(workDirectory);
    }

    /// Makes the sandbox afresh, with empty outputs, and points `latest` to it.
    ///
    /// @param owner whose it is; empty for the agent's own
    public Path create(SandboxPath path, Optional<Account> owner) {
        var sandbox = locate(path);
        try {
            DirectoryTree.delete(sandbox);
            Files.createDirectories(sandbox.getParent());
            Files.createDirectory(sandbox);
            Files.setPosixFilePermissions(sandbox, PosixFilePermissions.fromString("rwxr-x---"));
            for (var output : OUTPUTS) {
                var file = sandbox.resolve(output);
                Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
            if (owner.isPresent()) give(sandbox, owner.get());
            if (!path.isNested()) pointLatestTo(sandbox);
            return sandbox;
        } catch (IOException failure) {
            throw new SandboxFailure("Failed to create the sandbox " + sandbox, failure);
        }
    }

    /// Makes a sandbox that others are made in, unless it is there; several may ask at once.
    public Path ensure(SandboxPath path, Optional<Account> owner) {
        var sandbox = locate(path);
        try {
            if (Files.isDirectory(sandbox.resolve("containers"), LinkOption.NOFOLLOW_LINKS))
                return sandbox;
            Files.createDirectories(sandbox);
            Files.setPosixFilePermissions(sandbox, PosixFilePermissions.fromString("rwxr-x---"));
            for (var output : OUTPUTS) Files.write(sandbox.resolve(output), new byte[0], CREATE);
            Files.createDirectories(sandbox.resolve("tasks"));
            if (owner.isPresent()) give(sandbox, owner.get());
            pointLatestTo(sandbox);
            Files.createDirectories(sandbox.resolve("containers"));
            return sandbox;
        } catch (IOException failure) {
            throw new SandboxFailure("Failed to create the sandbox " + sandbox, failure);
        }
    }

    /// Lets the task's sandbox be found by its id: `tasks/TASK` leads to it.
    public void name(SandboxPath path, TaskId task) {
        var outer = locate(path.outer());
        var link = outer.resolve("tasks").resolve(task.value());
        var target = outer.resolve("tasks").relativize(locate(path));
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, target);
        } catch (IOException failure) {
            throw new SandboxFailure("Failed to name the sandbox " + link, failure);
        }
    }

    /// Gives the sandbox and all that is in it to `owner`. Links are given, not what they point to.
    public static void give(Path sandbox, Account owner) throws IOException {
        Files.walkFileTree(
                sandbox,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        own(directory, owner);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        own(file, owner);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void own(Path path, Account owner) throws IOException {
        Files.setAttribute(path, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
    }

    private static void pointLatestTo(Path sandbox) throws IOException {
        var runs = sandbox.getParent();
        if (runs == null) return;
        var fresh = runs.resolve(".latest-" + sandbox.getFileName() + "-" + UUID.randomUUID());
        Files.createSymbolicLink(fresh, sandbox.getFileName());
        Files.move(fresh, runs.resolve("latest"), StandardCopyOption.ATOMIC_MOVE);
    }
}
