package io.meseta.agent.volumes;

import io.meseta.agent.core.holding.VolumeName;
import io.meseta.agent.core.holding.VolumePlace;
import io.meseta.agent.core.machine.Command;
import io.meseta.agent.engine.CommandDoor;
import io.meseta.agent.engine.InboxFull;
import io.meseta.agent.engine.Unrecorded;
import io.meseta.agent.launch.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the disk follow what the core believes of volumes: one wish at a time, again until it is
/// done. A later wish says all that an earlier one said and that has not been heard to be done.
public final class VolumeKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeKeeper.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private record Wish(long order, SortedSet<VolumeName> doomed, SortedSet<VolumeName> volumes) {}

    private final Path root;
    private final CommandDoor door;

    /// A lock, since tasks wait for what the keeper's thread does.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private @Nullable Wish wish;

    /// @param root where volumes lie that are on no disk of their own, in the agent's directory
    /// @param door to say that something is done
    public VolumeKeeper(Path root, CommandDoor door) {
        this.root = root;
        this.door = door;
        this.thread = Thread.ofVirtual().name("volume-keeper").start(this::keep);
    }

    /// Wants these deleted and then those made. Never waits.
    public void settle(long order, SortedSet<VolumeName> doomed, SortedSet<VolumeName> volumes) {
        lock.lock();
        try {
            wish = new Wish(order, doomed, volumes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the disk has followed, and the core has heard of it.
    ///
    /// @throws VolumeFailure if that takes too long
    void awaitSettled(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (wish != null) {
                if (left <= 0)
                    throw new VolumeFailure("the volumes on disk could not be set right in time");
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Where a volume's data is. A slash in a role's name can't be one in a directory's.
    Path path(VolumeName volume) {
        var place = volume.place();
        if (place.filter(VolumePlace::isWhole).isPresent()) return root(place.get());
        var role = volume.role().name().replace('/', ' ');
        return place.map(each -> root(each).resolve("volumes"))
                .orElse(root)
                .resolve("roles")
                .resolve(role)
                .resolve(volume.id());
    }

    private Path root(VolumePlace place) {
        return root.resolveSibling(place.root()).normalize();
    }

    private void make(VolumeName volume) throws IOException {
        var path = path(volume);
        if (volume.place().isEmpty()) {
            Files.createDirectories(path);
            return;
        }
        // A disk that is not mounted is not made up for by a directory of its name.
        if (!Files.isDirectory(root(volume.place().get())))
            throw new NoSuchFileException(volume.place().get().root());
        Files.createDirectories(path);
    }

    private void delete(VolumeName volume) throws IOException {
        var path = path(volume);
        if (volume.place().filter(VolumePlace::isWhole).isPresent()) DirectoryTree.empty(path);
        else DirectoryTree.delete(path);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void keep() {
        try {
            // Ends by interruption.
            while (true) {
                var next = next();
                if (isDone(next)) finish(next);
                else TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
        } catch (InterruptedException _) {
            LOG.debug("The volume keeper ends.");
        }
    }

    private Wish next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var current = wish;
            while (current == null) {
                changed.await();
                current = wish;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDone(Wish next) throws InterruptedException {
        try {
            for (var volume : next.doomed()) delete(volume);
            for (var volume : next.volumes()) make(volume);
            door.submit(new Command.NoteVolumes(next.order()));
            return true;
        } catch (IOException | InboxFull | Unrecorded failure) {
            LOG.atWarn()
                    .addKeyValue("order", next.order())
                    .setCause(failure)
                    .log("Volumes can't be set right; it is tried again.");
            return false;
        }
    }

    private void finish(Wish done) {
        lock.lock();
        try {
            if (done.equals(wish)) wish = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
