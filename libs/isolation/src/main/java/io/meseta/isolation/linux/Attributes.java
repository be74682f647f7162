package io.meseta.isolation.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The extended attributes of one file, directory or symbolic link; values are bytes.
///
/// The kernel has no such calls relative to a directory (before 6.13), so they go through
/// `/proc/self/fd/N/name`: the number is an open directory, the name one component, and the calls
/// do not follow a link.
public final class Attributes {

    private static final int VALUE_BYTES_MAX = 64 << 10;

    /// With less room than this a disk is full, whatever is to be written.
    private static final long ROOM_BYTES = 1 << 20;

    private final int descriptor;
    private final String path;

    Attributes(int descriptor, String name) {
        this.descriptor = descriptor;
        this.path = "/proc/self/fd/" + descriptor + "/" + name;
    }

    /// @throws Errno `E2BIG` where the file system takes none of that size, or no more
    public void put(String name, byte[] value) throws Errno {
        try {
            set(name, value);
        } catch (Errno failed) {
            // Some say that the disk is full where the file's own room for attributes is.
            if (failed.number() != Errno.ENOSPC || !hasRoom()) throw failed;
            throw new Errno("lsetxattr", Errno.E2BIG);
        }
    }

    private boolean hasRoom() {
        try {
            var store = Files.getFileStore(Path.of("/proc/self/fd/" + descriptor));
            return store.getUsableSpace() > ROOM_BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    private void set(String name, byte[] value) throws Errno {
        try (var call = new Native()) {
            call.checked(
                    "lsetxattr",
                    (int)
                            Calls.LSETXATTR.invokeExact(
                                    call.state(),
                                    call.text(path),
                                    call.text(name),
                                    call.bytes(value),
                                    (long) value.length,
                                    0));
        } catch (Throwable failure) {
            throw Directory.rethrown(failure);
        }
    }

    public Optional<byte[]> value(String name) throws Errno {
        try (var call = new Native()) {
            var buffer = call.buffer(VALUE_BYTES_MAX);
            long length =
                    call.checked(
                            "lgetxattr",
                            (long)
                                    Calls.LGETXATTR.invokeExact(
                                            call.state(),
                                            call.text(path),
                                            call.text(name),
                                            buffer,
                                            (long) VALUE_BYTES_MAX));
            return Optional.of(buffer.asSlice(0, length).toArray(JAVA_BYTE));
        } catch (Throwable failure) {
            if (failure instanceof Errno errno && errno.number() == Errno.ENODATA) {
                return Optional.empty();
            }
            throw Directory.rethrown(failure);
        }
    }

    /// The names of all that we may see; none where the file system knows no attributes.
    public List<String> names() throws Errno {
        try (var call = new Native()) {
            var buffer = call.buffer(VALUE_BYTES_MAX);
            long length =
                    call.checked(
                            "llistxattr",
                            (long)
                                    Calls.LLISTXATTR.invokeExact(
                                            call.state(),
                                            call.text(path),
                                            buffer,
                                            (long) VALUE_BYTES_MAX));
            return split(buffer.asSlice(0, length).toArray(JAVA_BYTE));
        } catch (Throwable failure) {
            if (failure instanceof Errno errno && errno.number() == Errno.EOPNOTSUPP) {
                return List.of();
            }
            throw Directory.rethrown(failure);
        }
    }

    private static List<String> split(byte[] list) {
        var names = new ArrayList<String>();
        for (int from = 0, i = 0; i < list.length; i++) {
            if (list[i] != 0) continue;
            names.add(new String(Arrays.copyOfRange(list, from, i), StandardCharsets.ISO_8859_1));
            from = i + 1;
        }
        return names;
    }
}
