package io.meseta.isolation.linux;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// Something in a file system that is held without being read: whatever its path comes to lead to,
/// this stays what it was.
public final class HeldFile implements AutoCloseable {

    private static final int AT_FDCWD = -100;
    private static final long MS_BIND = 4096;
    private static final long MS_REC = 16384;

    private final int descriptor;
    private boolean isOpen = true;

    HeldFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Holds what a path of the host leads to that had no symbolic link in it when it was looked
    /// at: if there is one now, it is not followed.
    public static HeldFile of(Path path) throws Errno {
        var above = Directory.open(Path.of("/"));
        try {
            int last = path.getNameCount() - 1;
            for (int i = 0; i < last; i++) {
                var below = above.child(Directory.bytesOf(path.getName(i).toString()));
                above.close();
                above = below;
            }
            return above.hold(last < 0 ? "." : Directory.bytesOf(path.getName(last).toString()));
        } finally {
            above.close();
        }
    }

    public FileStatus status() throws Errno {
        return Statx.own(open());
    }

    /// Leads every process of this machine that may look at this one to the very file, as long as
    /// it is held.
    public Path path() {
        return Path.of("/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), open()));
    }

    public void changePermissions(int permissions) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "fchmodat",
                    (int)
                            Calls.FCHMODAT.invokeExact(
                                    call.state(), AT_FDCWD, call.text(own()), permissions, 0));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Shows it at a path of ours too, which must lead to a directory if it is one, and to a file
    /// otherwise.
    ///
    /// @param isRecursive with all that is mounted below it
    public void mountOn(Path place, boolean isRecursive) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "mount",
                    (int)
                            Calls.MOUNT.invokeExact(
                                    call.state(),
                                    call.text(own()),
                                    call.text(latin(place)),
                                    MemorySegment.NULL,
                                    isRecursive ? MS_BIND | MS_REC : MS_BIND,
                                    MemorySegment.NULL));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Shows it, without what is mounted below it, at a path of ours as if its owners were others:
    /// whoever is inside of `users` on the disk is who that is outside.
    ///
    /// @throws Errno `EINVAL` where its file system can't be shown so, `ENOSYS` on an old kernel
    public void mountMappedOn(Path place, UserNamespace users) throws Errno {
        int tree = DetachedTree.cloned(open(), false);
        try {
            DetachedTree.map(tree, users.descriptor());
            DetachedTree.move(tree, latin(place));
        } finally {
            Opening.close(tree);
        }
    }

    /// Shows it at a path of ours too, apart: what is mounted in there is mounted nowhere else, and
    /// neither set-user-id programs nor devices work there.
    public void mountApartOn(Path place) throws Errno {
        int tree = DetachedTree.cloned(open(), true);
        try {
            DetachedTree.tame(tree, false);
            DetachedTree.move(tree, latin(place));
        } finally {
            Opening.close(tree);
        }
    }

    /// Shows it apart on what is held there, whatever its path leads to by now.
    public void mountApartIn(HeldFile place, boolean isReadOnly) throws Errno {
        int tree = DetachedTree.cloned(open(), true);
        try {
            DetachedTree.tame(tree, isReadOnly);
            DetachedTree.move(tree, place.open());
        } finally {
            Opening.close(tree);
        }
    }

    private static String latin(Path path) {
        return Directory.bytesOf(path.toAbsolutePath().toString());
    }

    private String own() {
        return "/proc/self/fd/" + open();
    }

    private int open() {
        if (!isOpen) throw new IllegalStateException("this file is held no more");
        return descriptor;
    }

    @Override
    public void close() {
        if (!isOpen) return;
        isOpen = false;
        Opening.close(descriptor);
    }
}
