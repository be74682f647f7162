package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Kind;
import io.meseta.images.layers.UnpackOptions.Whiteouts;
import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import java.util.Map;

/// Owners, permissions, attributes and times, in the order the kernel needs: a change of owner
/// clears setuid and capabilities, so it comes first; whatever changes a file changes its time, so
/// that comes last.
final class Traits {

    private static final int SETUID_SETGID = 06000;
    private static final String CAPABILITY = "security.capability";

    /// Linux' own limits.
    private static final int ATTRIBUTE_NAME_MAX = 255;

    private static final int ATTRIBUTE_BYTES_MAX = 64 << 10;

    private final OwnerMap owners;
    private long attributesLeftOut;

    Traits(OwnerMap owners) {
        this.owners = owners;
    }

    long attributesLeftOut() {
        return attributesLeftOut;
    }

    /// Gives `name`, which is no directory, all that the entry says.
    void apply(Directory directory, String name, TarEntry entry) throws Errno {
        own(directory, name, entry);
        if (entry.kind() != Kind.SYMLINK) {
            directory.changePermissions(name, permissions(entry));
        }
        attribute(directory, name, entry);
        directory.changeTime(name, entry.modified());
    }

    /// Gives a directory its owner and attributes; [#finish] does the rest, once it is full.
    void begin(Directory directory, TarEntry entry) throws Errno {
        own(directory, ".", entry);
        attribute(directory, ".", entry);
    }

    void finish(Directory directory, TarEntry entry) throws Errno {
        directory.changePermissions(".", permissions(entry));
        directory.changeTime(".", entry.modified());
    }

    private void own(Directory directory, String name, TarEntry entry) throws Errno {
        if (!owners.isKept()) return;
        directory.changeOwner(
                name, owners.outside(entry.owner().user()), owners.outside(entry.owner().group()));
    }

    /// A file that could not be given to its owner must not run as whoever unpacked it.
    private int permissions(TarEntry entry) {
        int mode = entry.owner().mode();
        var isSetForNobody = !owners.isKept() && entry.kind() != Kind.DIRECTORY;
        return isSetForNobody ? mode & ~SETUID_SETGID : mode;
    }

    private void attribute(Directory directory, String name, TarEntry entry) throws Errno {
        for (Map.Entry<String, byte[]> each : entry.attributes().entrySet()) {
            if (!isForImages(each.getKey())) {
                if (!isOverlaysOwn(each.getKey())) attributesLeftOut++;
                continue;
            }
            check(each.getKey(), each.getValue());
            try {
                directory.attributes(name).put(each.getKey(), each.getValue());
            } catch (Errno failed) {
                // Symbolic links take none, some file systems take none, only root sets some.
                if (!failed.isRefusal()) throw failed;
                attributesLeftOut++;
            }
        }
    }

    /// What no kernel takes is the image's fault and not the disk's.
    private static void check(String name, byte[] value) {
        if (name.length() > ATTRIBUTE_NAME_MAX || name.indexOf('\0') >= 0) {
            throw ImageFault.malformed("an extended attribute of no name that a file can have");
        }
        if (value.length > ATTRIBUTE_BYTES_MAX) {
            throw ImageFault.tooLarge("an extended attribute above 64 KiB");
        }
    }

    /// Labels of security modules and `trusted` ones are the host's business; overlayfs' own would
    /// let a layer speak about others.
    private static boolean isForImages(String name) {
        return name.equals(CAPABILITY) || (name.startsWith("user.") && !isOverlaysOwn(name));
    }

    private static boolean isOverlaysOwn(String name) {
        return name.startsWith("user.overlay.") || name.startsWith("trusted.overlay.");
    }

    /// Whether an overlay file system, from which the archive was made, marked it as opaque.
    static boolean isOpaque(TarEntry entry) {
        for (var form : Whiteouts.values()) {
            var value = entry.attributes().get(form.opaque());
            if (value != null && value.length == 1 && value[0] == 'y') return true;
        }
        return false;
    }
}
