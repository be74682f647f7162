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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes and finds sandboxes under the agent's work directory.
public final class Sandboxes {

    /// What every sandbox holds from its first moment on.
    public static final List<String> OUTPUTS = List.of("stdout", "stderr");

    private static final Set<PosixFilePermission> OPENED =
            PosixFilePermissions.fromString("rwxr-x---");

    private static final FileAttribute<Set<PosixFilePermission>> CLOSED =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path workDirectory;

    public Sandboxes(Path workDirectory) {
        this.workDirectory = workDirectory;
    }

    public Path locate(SandboxPath path) {
        return path.under(workDirectory);
    }

    /// Makes the sandbox afresh, with empty outputs, and points `latest` to it. Until it is opened
    /// it is the agent's alone: other processes of its owner must not come in while it is filled.
    public Path create(SandboxPath path) {
        var sandbox = locate(path);
        try {
            DirectoryTree.delete(sandbox);
            Files.createDirectories(sandbox.getParent());
            Files.createDirectory(sandbox, CLOSED);
            for (var output : OUTPUTS) {
                var file = sandbox.resolve(output);
                Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            }
            if (!path.isNested()) pointLatestTo(sandbox);
            return sandbox;
        } catch (IOException failure) {
            throw new SandboxFailure("Failed to create the sandbox " + sandbox, failure);
        }
    }

    /// Opens the sandbox, with all that is in it by now, to its owner.
    ///
    /// @param owner whose it is; empty for the agent's own
    public void open(SandboxPath path, Optional<Account> owner) {
        var sandbox = locate(path);
        try {
            if (owner.isPresent()) give(sandbox, owner.get());
            Files.setPosixFilePermissions(sandbox, OPENED);
        } catch (IOException failure) {
            throw new SandboxFailure("Failed to open the sandbox " + sandbox, failure);
        }
    }

    /// Makes a sandbox that others are made in, unless it is there; several may ask at once.
    ///
    /// It stays the agent's own. Whoever owned it could move the sandboxes in it away, and what the
    /// agent is about to do in them would be done elsewhere; its owner's group may look into it.
    public Path ensure(SandboxPath path, Optional<Account> owner) {
        var sandbox = locate(path);
        try {
            if (Files.isDirectory(sandbox.resolve("containers"), LinkOption.NOFOLLOW_LINKS))
                return sandbox;
            Files.createDirectories(sandbox);
            Files.setPosixFilePermissions(sandbox, OPENED);
            for (var output : OUTPUTS) Files.write(sandbox.resolve(output), new byte[0], CREATE);
            Files.createDirectories(sandbox.resolve("tasks"));
            if (owner.isPresent()) group(sandbox, owner.get());
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

    /// From the inside to the outside: once the outermost is given, its owner's other processes may
    /// come in and put links in the way. Links are given, not what they point to.
    private static void give(Path sandbox, Account owner) throws IOException {
        Files.walkFileTree(
                sandbox,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        if (failure != null) throw failure;
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
        group(path, owner);
        Files.setAttribute(path, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
    }

    private static void group(Path path, Account owner) throws IOException {
        Files.setAttribute(path, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
    }

    private static void pointLatestTo(Path sandbox) throws IOException {
        var runs = sandbox.getParent();
        if (runs == null) return;
        var fresh = runs.resolve(".latest-" + sandbox.getFileName() + "-" + UUID.randomUUID());
        Files.createSymbolicLink(fresh, sandbox.getFileName());
        Files.move(fresh, runs.resolve("latest"), StandardCopyOption.ATOMIC_MOVE);
    }
}
