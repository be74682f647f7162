package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

/// The ways to open something, each with the flags that make it safe.
final class Opening {

    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int O_NOCTTY = 0400;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;
    private static final int O_PATH = 010000000;

    // The two flags that the processors number differently.
    private static final boolean IS_ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final int O_DIRECTORY = IS_ARM ? 040000 : 0200000;
    private static final int O_NOFOLLOW = IS_ARM ? 0100000 : 0400000;

    static final int DIRECTORY = O_DIRECTORY | O_CLOEXEC;
    static final int READ = O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

    /// Neither read nor written, and so without effects on a device or a pipe.
    static final int HELD = O_PATH | O_CLOEXEC;

    static final int CREATE = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;

    private static final long OPENAT2 = 437;
    private static final long RESOLVE_NO_XDEV = 0x01;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_IN_ROOT = 0x10;
    private static final int HOW_BYTES = 24;
    private static final int EAGAIN = 11;
    private static final int EINTR = 4;
    private static final int ATTEMPTS = 100;

    private static volatile boolean hasOpenat2 = true;

    private Opening() {}

    /// Opens `text` relative to `descriptor`; its last component may be no symbolic link.
    static int plain(int descriptor, String text, int flags, int permissions) throws Errno {
        try (var call = new Native()) {
            return Math.toIntExact(
                    call.checked(
                            "openat",
                            (int)
                                    Calls.OPENAT.invokeExact(
                                            call.state(),
                                            descriptor,
                                            call.text(text),
                                            flags | O_NOFOLLOW,
                                            permissions)));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Opens a file of the kernel's own making, which may be one of its links.
    static int following(int descriptor, String text) throws Errno {
        try (var call = new Native()) {
            return Math.toIntExact(
                    call.checked(
                            "openat",
                            (int)
                                    Calls.OPENAT.invokeExact(
                                            call.state(), descriptor, call.text(text), READ, 0)));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// Opens `path` with `descriptor` as the root of all: no link leads out, nor onto another file
    /// system, nor through `/proc`.
    static int below(int descriptor, String path, int flags) throws Errno {
        for (int attempt = 0; hasOpenat2; attempt++) {
            try {
                return openat2(descriptor, path, flags);
            } catch (Errno failed) {
                // The kernel asks to try again when something was renamed meanwhile.
                var isAgain = failed.number() == EAGAIN || failed.number() == EINTR;
                if (failed.number() == Errno.ENOSYS) hasOpenat2 = false;
                else if (!isAgain || attempt >= ATTEMPTS) throw failed;
            }
        }
        return walk(descriptor, path, flags);
    }

    private static int openat2(int descriptor, String path, int flags) throws Errno {
        try (var call = new Native()) {
            var how = call.buffer(HOW_BYTES);
            how.set(JAVA_LONG, 0, flags);
            how.set(JAVA_LONG, 16, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV);
            return Math.toIntExact(
                    call.checked(
                            "openat2",
                            (long)
                                    Calls.SYSCALL.invokeExact(
                                            call.state(),
                                            OPENAT2,
                                            (long) descriptor,
                                            call.text(path),
                                            how,
                                            (long) HOW_BYTES)));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    /// For kernels before 5.6: one component after the other, and no symbolic link at all. Stricter
    /// than it need be, but never less safe.
    static int walk(int descriptor, String path, int flags) throws Errno {
        var components = path.split("/+", -1);
        int at = plain(descriptor, ".", DIRECTORY, 0);
        for (int i = 0; i < components.length; i++) {
            var isLast = i == components.length - 1;
            var component = components[i].isEmpty() ? "." : components[i];
            int above = at;
            try {
                if (component.equals("..")) throw new Errno("openat", Errno.EXDEV);
                at = plain(above, component, isLast ? flags : DIRECTORY, 0);
            } finally {
                close(above);
            }
        }
        return at;
    }

    static void close(int descriptor) {
        try (var call = new Native()) {
            // Linux frees the descriptor whatever close answers, and we only close what is synced.
            int ignored = (int) Calls.CLOSE.invokeExact(call.state(), descriptor);
            assert ignored <= 0;
        } catch (Throwable failure) {
            throw Native.unbound(failure);
        }
    }
}
