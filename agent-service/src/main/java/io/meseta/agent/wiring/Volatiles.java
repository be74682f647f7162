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
/// name of its work directory. It outlives an agent that is killed or still holds tasks, since
/// containers do; an agent that ends in order and holds nothing takes it away. Where neither was so
/// and the work directory is gone for good, the next agent of the machine does.
///
/// @param lock held for as long as the agent lives, so that nobody takes it for gone
record Volatiles(Path directory, FileChannel lock) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Volatiles.class);

    /// Where it is tried out what the machine can do.
    static final String LOOK = "doctor";

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
                && isQuiet(directory);
    }

    /// Whether no container is known there, and nothing is mounted.
    private static boolean isQuiet(Path directory) throws IOException {
        return isEmpty(directory.resolve("runtime/containers"))
                && !Files.readString(Path.of("/proc/self/mounts")).contains(directory.toString());
    }

    private static boolean isEmpty(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) return true;
        try (var entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /// Ends their use, in order.
    ///
    /// @param isHolding whether the agent holds tasks or executors, which the next one takes up;
    ///   the key for their secrets lies here
    void end(boolean isHolding) {
        try (this) {
            if (isHolding || !isQuiet(directory)) return;
            DirectoryTree.delete(roots(directory));
            DirectoryTree.delete(directory);
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .setCause(failure)
                    .log("What the agent used can't be removed; the next one uses it.");
        }
    }

    /// Takes away what looks at the machine have left of an agent that runs no containers, and the
    /// directory if nothing else is there.
    static void clearLook(Path directory) {
        try {
            DirectoryTree.delete(directory.resolve(LOOK));
            if (Files.isDirectory(directory) && isEmpty(directory)) Files.delete(directory);
        } catch (IOException failure) {
            LOG.atDebug().setCause(failure).log("What looks at the machine have left stays.");
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
