package io.meseta.agent.wiring;

import io.meseta.agent.launch.DirectoryTree;
import io.meseta.platform.start.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a restart of the machine may take with it; each agent has a directory of its own, by the
/// name of its work directory. It outlives the agent, since containers do; where the work directory
/// is gone for good, as after tests, the next agent of the machine takes it away.
///
/// @param lock held for as long as the agent lives, so that nobody takes it for gone
record Volatiles(Path directory, FileChannel lock) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Volatiles.class);
    private static final String MARK = "work-directory";
    private static final int PATH_BYTES_MAX = 8192;
    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    /// Where those of an agent are.
    static Path of(Path workDirectory) {
        var run = Path.of("/run");
        var ours = run.resolve("meseta");
        // In a container of its own, an agent may find its secrets there, read-only.
        return Files.isWritable(Files.exists(ours) ? ours : run)
                ? ours.resolve(name(workDirectory.toString()))
                : workDirectory.resolve("volatile");
    }

    private static String name(String workDirectory) {
        return UUID.nameUUIDFromBytes(workDirectory.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// Where roots are mounted for users who are strangers to this machine.
    static Path roots(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".roots");
    }

    /// Makes or finds those of an agent that starts.
    static Volatiles open(Path directory, Path workDirectory) {
        try {
            if (directory.getParent() != null) Files.createDirectories(directory.getParent());
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS))
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNERS));
            // Agents of old left it open, and tasks' environments lie in it.
            Files.setPosixFilePermissions(directory, OWNERS);
            var mark = directory.resolve(MARK);
            Files.writeString(mark, workDirectory.toString());
            var channel = FileChannel.open(mark, StandardOpenOption.WRITE);
            if (!isLocked(channel)) LOG.warn("Another agent seems to use this one's directory.");
            return new Volatiles(directory, channel);
        } catch (IOException failure) {
            throw new StartRefused("Can't make " + directory + ": " + failure.getMessage());
        }
    }

    /// To be held until the channel is closed.
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /// Takes away those of agents whose work directories are gone, and which have left nothing that
    /// runs. Agents in other containers may see other directories: one that lives is left alone.
    void sweepOthers() {
        try (var all = Files.newDirectoryStream(directory.resolveSibling(""))) {
            // Who opens and closes a file that it has locked has lost the lock.
            for (var each : all) if (!each.equals(directory)) sweep(each);
        } catch (IOException failure) {
            LOG.atDebug().setCause(failure).log("Nothing is swept.");
        }
    }

    private static void sweep(Path directory) throws IOException {
        var mark = directory.resolve(MARK);
        if (!Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) return;
        try (var channel =
                FileChannel.open(mark, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!isLocked(channel) || !isLeft(directory, mark)) return;
            DirectoryTree.delete(directory);
            DirectoryTree.delete(roots(directory));
            LOG.atInfo().addKeyValue("directory", directory).log("What an agent left is removed.");
        }
    }

    private static boolean isLeft(Path directory, Path mark) throws IOException {
        if (Files.size(mark) > PATH_BYTES_MAX) return false;
        var workDirectory = Files.readString(mark);
        return name(workDirectory).equals(directory.getFileName().toString())
                && Files.notExists(Path.of(workDirectory), LinkOption.NOFOLLOW_LINKS)
                && isEmpty(directory.resolve("runtime/containers"))
                && !Files.readString(Path.of("/proc/self/mounts")).contains(directory.toString());
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return true;
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failure) {
            LOG.atDebug().setCause(failure).log("A lock is given back as the process ends.");
        }
    }
}
