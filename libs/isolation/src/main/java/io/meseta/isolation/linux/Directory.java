package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.meseta.isolation.linux.FileStatus.FileTime;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// An open directory, and what can be done below it and nowhere else.
///
/// A *name* is one component, and a symbolic link of that name is never followed. A *path* has
/// slashes; its symbolic links are followed as if this directory were the root of all, so that no
/// `..` and no absolute link leads out. Linux keeps names as bytes: here a `String` holds them with
/// one character a byte (ISO 8859-1), so that names in any encoding survive; [#bytesOf] converts.
///
/// May be used by one thread at a time.
public final class Directory implements AutoCloseable {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int DENTS_BYTES = 32 << 10;
    private static final int LINK_BYTES_MAX = 4096;

    /// A tree deeper than this is not removed by us: each level holds a descriptor.
    private static final int DEPTH_MAX = 2048;

    private final int descriptor;
    private boolean isOpen = true;

    Directory(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Opens a directory of the host by a path of ours. Its last component may be no symbolic link.
    public static Directory open(Path path) throws Errno {
        var text = bytesOf(path.toAbsolutePath().toString());
        return new Directory(Opening.plain(AT_FDCWD, text, Opening.DIRECTORY, 0));
    }

    /// A text as the bytes by which this room knows it.
    public static String bytesOf(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// Opens the directory at `path` below this one; an empty path is this one again.
    public Directory descend(String path) throws Errno {
        var below = path.isEmpty() ? "." : path;
        return new Directory(Opening.below(open(), below, Opening.DIRECTORY));
    }

    /// Opens the directory `name` itself, not one that a symbolic link leads to.
    public Directory child(String name) throws Errno {
        return new Directory(Opening.plain(open(), component(name), Opening.DIRECTORY, 0));
    }

    /// Opens the file at `path` to read it; never waits for a pipe's other end.
    public OpenFile read(String path) throws Errno {
        return new OpenFile(Opening.below(open(), path, Opening.READ));
    }

    /// Holds what is called `name`, which may be anything but a symbolic link; `.` is this
    /// directory itself.
    public HeldFile hold(String name) throws Errno {
        var held = new HeldFile(Opening.plain(open(), component(name), Opening.HELD, 0));
        try {
            if (held.status().type() != FileType.SYMLINK) return held;
        } catch (Errno | RuntimeException failed) {
            held.close();
            throw failed;
        }
        held.close();
        throw new Errno("openat", Errno.ELOOP);
    }

    /// Makes a new file and opens it to write; there must be nothing of that name.
    public OpenFile create(String name, int permissions) throws Errno {
        return new OpenFile(Opening.plain(open(), component(name), Opening.CREATE, permissions));
    }

    public void makeDirectory(String name, int permissions) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "mkdirat",
                    (int)
                            Calls.MKDIRAT.invokeExact(
                                    call.state(), open(), call.text(component(name)), permissions));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// Leads this process, and the kernel when it asks it, to this directory while it is open.
    String path() {
        return "/proc/self/fd/" + open();
    }

    /// `target` is stored as it is and means nothing to us.
    public void makeSymlink(String target, String name) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "symlinkat",
                    (int)
                            Calls.SYMLINKAT.invokeExact(
                                    call.state(),
                                    call.text(target),
                                    open(),
                                    call.text(component(name))));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// Makes `name` another name of what `directory` calls `existing`, be it a symbolic link.
    public void makeLink(Directory directory, String existing, String name) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "linkat",
                    (int)
                            Calls.LINKAT.invokeExact(
                                    call.state(),
                                    directory.open(),
                                    call.text(component(existing)),
                                    open(),
                                    call.text(component(name)),
                                    0));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// Makes a pipe, a socket's place or a device.
    public void makeNode(String name, FileType type, int permissions, long device) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "mknodat",
                    (int)
                            Calls.MKNODAT.invokeExact(
                                    call.state(),
                                    open(),
                                    call.text(component(name)),
                                    type.bits() | permissions,
                                    device));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// The number of a device as the kernel packs it.
    public static long device(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return ((high & 0xfffff000L) << 32)
                | ((high & 0xfffL) << 8)
                | ((low & 0xffffff00L) << 12)
                | (low & 0xffL);
    }

    /// What is called `name`; empty if nothing is.
    public Optional<FileStatus> status(String name) throws Errno {
        return Optional.ofNullable(Statx.of(open(), component(name)));
    }

    /// This directory's own status.
    public FileStatus status() throws Errno {
        return status(".").orElseThrow();
    }

    /// Removes a file or, if `isDirectory`, an empty directory.
    public void remove(String name, boolean isDirectory) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "unlinkat",
                    (int)
                            Calls.UNLINKAT.invokeExact(
                                    call.state(),
                                    open(),
                                    call.text(component(name)),
                                    isDirectory ? AT_REMOVEDIR : 0));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// Removes `name` and all below it, through symbolic links never. Nothing there is fine.
    public void removeAll(String name) throws Errno {
        removeAll(name, DEPTH_MAX);
    }

    private void removeAll(String name, int depth) throws Errno {
        var status = status(name);
        if (status.isEmpty()) return;
        if (status.get().type() != FileType.DIRECTORY) {
            remove(name, false);
            return;
        }
        if (depth == 0) throw new Errno("removing a tree this deep", Errno.ENAMETOOLONG);
        try (var child = entered(name, status.get())) {
            for (var each : child.names()) child.removeAll(each, depth - 1);
        }
        remove(name, true);
    }

    private Directory entered(String name, FileStatus status) throws Errno {
        if ((status.permissions() & 0700) != 0700) {
            // By what is held: whoever put a link in its place would have its target changed.
            try (var held = hold(name)) {
                if (held.status().type() == FileType.DIRECTORY) held.changePermissions(0700);
            }
        }
        return child(name);
    }

    /// The names in this directory, sorted, without `.` and `..`.
    public List<String> names() throws Errno {
        var names = new ArrayList<String>();
        int own = Opening.plain(open(), ".", Opening.DIRECTORY, 0);
        try (var call = new Native();
                var _ = new Directory(own)) {
            var buffer = call.buffer(DENTS_BYTES);
            for (long read = dents(call, own, buffer); read > 0; ) {
                for (long at = 0; at < read; ) {
                    var name = latin(buffer, at + 19);
                    if (!name.equals(".") && !name.equals("..")) names.add(name);
                    at += Short.toUnsignedInt(buffer.get(JAVA_SHORT, at + 16));
                }
                read = dents(call, own, buffer);
            }
        }
        Collections.sort(names);
        return names;
    }

    private static long dents(Native call, int own, MemorySegment buffer) throws Errno {
        try {
            return call.checked(
                    "getdents64",
                    (long)
                            Calls.GETDENTS.invokeExact(
                                    call.state(), own, buffer, (long) DENTS_BYTES));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    private static String latin(MemorySegment buffer, long at) {
        var name = new StringBuilder();
        for (long i = at; buffer.get(JAVA_BYTE, i) != 0; i++) {
            name.append((char) Byte.toUnsignedInt(buffer.get(JAVA_BYTE, i)));
        }
        return name.toString();
    }

    /// What the symbolic link `name` points to.
    public String linkTarget(String name) throws Errno {
        try (var call = new Native()) {
            var buffer = call.buffer(LINK_BYTES_MAX);
            long length =
                    call.checked(
                            "readlinkat",
                            (long)
                                    Calls.READLINKAT.invokeExact(
                                            call.state(),
                                            open(),
                                            call.text(component(name)),
                                            buffer,
                                            (long) LINK_BYTES_MAX));
            return new String(
                    buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.ISO_8859_1);
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    public void changeOwner(String name, int owner, int group) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "fchownat",
                    (int)
                            Calls.FCHOWNAT.invokeExact(
                                    call.state(),
                                    open(),
                                    call.text(component(name)),
                                    owner,
                                    group,
                                    AT_SYMLINK_NOFOLLOW));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// Never for a symbolic link, which has no permissions and would be followed.
    public void changePermissions(String name, int permissions) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "fchmodat",
                    (int)
                            Calls.FCHMODAT.invokeExact(
                                    call.state(),
                                    open(),
                                    call.text(component(name)),
                                    permissions,
                                    0));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// Sets the time of the last change, and the time of the last look to the same.
    public void changeTime(String name, FileTime time) throws Errno {
        try (var call = new Native()) {
            var times = call.buffer(32);
            for (int i = 0; i < 32; i += 16) {
                times.set(JAVA_LONG, i, time.seconds());
                times.set(JAVA_LONG, i + 8L, time.nanos());
            }
            call.checked(
                    "utimensat",
                    (int)
                            Calls.UTIMENSAT.invokeExact(
                                    call.state(),
                                    open(),
                                    call.text(component(name)),
                                    times,
                                    AT_SYMLINK_NOFOLLOW));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    /// The extended attributes of `name`.
    public Attributes attributes(String name) {
        return new Attributes(open(), component(name));
    }

    /// Waits until all that was written to this file system, by anybody, is on the disk: one call
    /// instead of one for each of ten thousand files.
    public void syncFileSystem() throws Errno {
        try (var call = new Native()) {
            call.checked("syncfs", (int) Calls.SYNCFS.invokeExact(call.state(), open()));
        } catch (Throwable failure) {
            throw rethrown(failure);
        }
    }

    @Override
    public void close() {
        if (!isOpen) return;
        isOpen = false;
        Opening.close(descriptor);
    }

    /// The descriptor; a number that was closed may be another file's by now.
    private int open() {
        if (!isOpen) throw new IllegalStateException("this directory is closed");
        return descriptor;
    }

    /// A name that reached past this directory would undo all that this class is for.
    private static String component(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals("..")) {
            throw new IllegalArgumentException("not one component");
        }
        return name;
    }

    static RuntimeException rethrown(Throwable failure) throws Errno {
        if (failure instanceof Errno errno) throw errno;
        if (failure instanceof RuntimeException broken) throw broken;
        throw Native.unbound(failure);
    }

    static int intAt(MemorySegment segment, long offset) {
        return segment.get(JAVA_INT, offset);
    }
}
