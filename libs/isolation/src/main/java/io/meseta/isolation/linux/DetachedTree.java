package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

/// Mounts that are changed before anybody sees them, by the calls that Linux has had since 5.12: a
/// copy of a mount is nowhere at first, and then put somewhere.
final class DetachedTree {

    // These numbers are the same on all processors.
    private static final long OPEN_TREE = 428;
    private static final long MOVE_MOUNT = 429;
    private static final long MOUNT_SETATTR = 442;

    private static final long OPEN_TREE_CLONE = 1;
    private static final long O_CLOEXEC = 02000000;
    private static final long AT_EMPTY_PATH = 0x1000;
    private static final long MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final long MOVE_MOUNT_T_EMPTY_PATH = 0x40;
    private static final long AT_RECURSIVE = 0x8000;
    private static final long MOUNT_ATTR_RDONLY = 1;
    private static final long MOUNT_ATTR_NOSUID = 2;
    private static final long MOUNT_ATTR_NODEV = 4;
    private static final long MOUNT_ATTR_IDMAP = 0x100000;
    private static final long MS_PRIVATE = 1 << 18;
    private static final long AT_FDCWD = -100;
    private static final int ATTRIBUTES_BYTES = 32;

    private DetachedTree() {}

    /// A copy of the mount from what the descriptor stands for downwards.
    ///
    /// @param isRecursive with all that is mounted below it
    static int cloned(int descriptor, boolean isRecursive) throws Errno {
        long flags = OPEN_TREE_CLONE | AT_EMPTY_PATH | O_CLOEXEC;
        try (var call = new Native()) {
            return Math.toIntExact(
                    call.checked(
                            "open_tree",
                            (long)
                                    Calls.SYSCALL_OF_PATH.invokeExact(
                                            call.state(),
                                            OPEN_TREE,
                                            (long) descriptor,
                                            call.text(""),
                                            isRecursive ? flags | AT_RECURSIVE : flags)));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Shows it as if its owners were others.
    static void map(int tree, int users) throws Errno {
        change(tree, AT_EMPTY_PATH, MOUNT_ATTR_IDMAP, 0, users);
    }

    /// Takes from all of it what could harm, and makes it nobody's peer: what is mounted on it is
    /// mounted nowhere else.
    static void tame(int tree, boolean isReadOnly) throws Errno {
        long harmless = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
        long attributes = isReadOnly ? harmless | MOUNT_ATTR_RDONLY : harmless;
        change(tree, AT_EMPTY_PATH | AT_RECURSIVE, attributes, MS_PRIVATE, 0);
    }

    private static void change(int tree, long flags, long set, long propagation, int users)
            throws Errno {
        try (var call = new Native()) {
            var attributes = call.buffer(ATTRIBUTES_BYTES);
            attributes.set(JAVA_LONG, 0, set);
            attributes.set(JAVA_LONG, 16, propagation);
            attributes.set(JAVA_LONG, 24, users);
            call.checked(
                    "mount_setattr",
                    (long)
                            Calls.SYSCALL_OF_TWO_PATHS.invokeExact(
                                    call.state(),
                                    MOUNT_SETATTR,
                                    (long) tree,
                                    call.text(""),
                                    flags,
                                    attributes,
                                    (long) ATTRIBUTES_BYTES));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Puts it on what a path leads to.
    static void move(int tree, String place) throws Errno {
        move(tree, AT_FDCWD, place, MOVE_MOUNT_F_EMPTY_PATH);
    }

    /// Puts it on what a descriptor stands for.
    static void move(int tree, int place) throws Errno {
        move(tree, place, "", MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH);
    }

    private static void move(int tree, long descriptor, String place, long flags) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "move_mount",
                    (long)
                            Calls.SYSCALL_OF_TWO_PATHS.invokeExact(
                                    call.state(),
                                    MOVE_MOUNT,
                                    (long) tree,
                                    call.text(""),
                                    descriptor,
                                    call.text(place),
                                    flags));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }
}
