package io.meseta.isolation.linux;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// File systems that are mounted, at paths of ours, and taken away again (mount(2), umount2(2)).
public final class Mounts {

    private static final long MS_NOSUID = 2;
    private static final long MS_NODEV = 4;
    private static final long MS_NOEXEC = 8;
    private static final long MS_BIND = 4096;
    private static final long MS_REC = 16384;
    private static final long MS_SLAVE = 1 << 19;
    private static final int MNT_DETACH = 2;
    private static final int UMOUNT_NOFOLLOW = 8;

    /// The kernel reads one page of options, with the NUL at their end.
    private static final int OPTIONS_BYTES_MAX = 4095;

    private Mounts() {}

    /// Mounts one layer of changes over others.
    ///
    /// What is written to it need not outlive the machine, so no call waits for the disk: not a
    /// program's, and not the last one, when it is taken away. A stop of the machine leaves what
    /// can't be mounted again.
    ///
    /// @param names a directory in which `0`, `1`… lead to the layers below, the topmost first, and
    ///   `upper` and `work` to what is written; so more than a hundred have room in the options
    /// @param lower how many layers there are below
    /// @throws Errno `E2BIG` if they are too many
    public static void overlay(Path names, int lower, Path place) throws Errno {
        try (var directory = Directory.open(names)) {
            var prefix = directory.path() + "/";
            var layers =
                    IntStream.range(0, lower)
                            .mapToObj(each -> prefix + each)
                            .collect(Collectors.joining(":"));
            var options =
                    "lowerdir=%s,upperdir=%supper,workdir=%swork".formatted(layers, prefix, prefix);
            try {
                mount("overlay", place, "overlay", 0, options + ",volatile");
            } catch (Errno failed) {
                // Kernels before 5.10 do not know the word.
                if (failed.number() != Errno.EINVAL) throw failed;
                mount("overlay", place, "overlay", 0, options);
            }
        }
    }

    /// Mounts memory that everybody may write to, for data and not for programs.
    ///
    /// @param kibibytes how much it may hold
    public static void memory(Path place, long kibibytes) throws Errno {
        var options = "mode=1777,size=%dk".formatted(kibibytes);
        mount("shm", place, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options);
    }

    /// Shows a directory with all that is mounted below it, as a slave: nothing that happens below
    /// `place` reaches `source`.
    public static void bindAsSlave(Path source, Path place) throws Errno {
        mount(latin(source), place, null, MS_BIND | MS_REC, null);
        mount(null, place, null, MS_SLAVE | MS_REC, null);
    }

    /// Takes the newest mount at a path of ours away, with all below it; what is still in use goes
    /// when that ends.
    ///
    /// @throws Errno `EINVAL` where nothing is mounted, `ENOENT` where nothing is
    public static void unmount(Path place) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "umount2",
                    (int)
                            Calls.UMOUNT2.invokeExact(
                                    call.state(),
                                    call.text(latin(place)),
                                    MNT_DETACH | UMOUNT_NOFOLLOW));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    private static void mount(
            @Nullable String source,
            Path place,
            @Nullable String type,
            long flags,
            @Nullable String options)
            throws Errno {
        if (options != null && options.length() > OPTIONS_BYTES_MAX)
            throw new Errno("mount", Errno.E2BIG);
        try (var call = new Native()) {
            call.checked(
                    "mount",
                    (int)
                            Calls.MOUNT.invokeExact(
                                    call.state(),
                                    orNull(call, source),
                                    call.text(latin(place)),
                                    orNull(call, type),
                                    flags,
                                    orNull(call, options)));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    private static MemorySegment orNull(Native call, @Nullable String text) {
        return text == null ? MemorySegment.NULL : call.text(text);
    }

    private static String latin(Path path) {
        return Directory.bytesOf(path.toAbsolutePath().toString());
    }
}
