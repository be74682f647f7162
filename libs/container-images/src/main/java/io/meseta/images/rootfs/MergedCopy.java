package io.meseta.images.rootfs;

import io.meseta.images.layers.OwnerMap;
import io.meseta.images.reference.ImageFault;
import io.meseta.images.reference.ImageFault.Kind;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileStatus;
import io.meseta.isolation.linux.FileType;
import io.meseta.isolation.linux.OpenFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The layers of an image copied into one directory, for hosts that can't mount overlays. Costs the
/// space and the time of a copy for each container.
///
/// Layers are copied from the lowest up; what a higher one marks as gone is removed, and no mark is
/// copied. Owners, permissions, times, attributes and hard links within a layer are kept as far as
/// this user may set them; long runs of zeros become holes.
public final class MergedCopy {

    private static final int DEPTH_MAX = 1024;
    private static final int CHUNK_BYTES = 128 << 10;

    private final Directory top;
    private final boolean isRoot;
    private final OwnerMap owners;
    private final byte[] chunk = new byte[CHUNK_BYTES];

    /// Where the files of the present layer that have several names were copied to.
    private final Map<Long, Place> links = new HashMap<>();

    private MergedCopy(Directory top, boolean isRoot, OwnerMap owners) {
        this.top = top;
        this.isRoot = isRoot;
        this.owners = owners;
    }

    /// By names as bytes, from the top.
    private record Place(String directory, String name) {}

    /// Copies into the empty directory `target`. Interrupting the thread stops it.
    public static void into(Path target, OverlayLayers layers) {
        into(target, layers, OwnerMap.same());
    }

    /// Copies for others than those whose the files are in the layers.
    ///
    /// @param owners who they are to be; of no account where this user can't give files away
    public static void into(Path target, OverlayLayers layers, OwnerMap owners) {
        try (var to = Directory.open(target)) {
            var isRoot = to.status().owner() == 0 && canGiveAway();
            var copy = new MergedCopy(to, isRoot, owners);
            for (var layer : layers.lowerDirectories().reversed()) {
                copy.links.clear();
                try (var from = Directory.open(layer)) {
                    copy.directory(from, to, "", DEPTH_MAX);
                }
            }
        } catch (Errno failed) {
            throw ImageFault.storage("copying an image to " + target, failed);
        }
    }

    private static boolean canGiveAway() {
        return System.getProperty("user.name", "").equals("root");
    }

    private void directory(Directory from, Directory to, String path, int depth) throws Errno {
        if (depth == 0) throw ImageFault.tooLarge("a tree too deep to be copied");
        var status = from.status();
        // A lower layer may have made it read-only.
        if (!isRoot) to.changePermissions(".", 0700);
        if (LayeredFiles.isOpaque(from)) {
            for (var each : to.names()) to.removeAll(each);
        }
        for (var name : from.names()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ImageFault(Kind.CANCELLED, "copying an image was interrupted");
            }
            entry(from, to, path, name, depth);
        }
        traits(from, to, ".", status);
    }

    private void entry(Directory from, Directory to, String path, String name, int depth)
            throws Errno {
        var status = from.status(name).orElseThrow();
        var there = to.status(name);
        var isDirectory = status.type() == FileType.DIRECTORY;
        var joins = isDirectory && there.isPresent() && there.get().type() == FileType.DIRECTORY;
        if (there.isPresent() && !joins) to.removeAll(name);
        if (isDirectory) {
            if (!joins) to.makeDirectory(name, 0700);
            try (var source = from.child(name);
                    var target = to.child(name)) {
                directory(source, target, path + "/" + name, depth - 1);
            }
            return;
        }
        // A whiteout has done its work by removing what was there.
        if (status.type() == FileType.CHARACTER_DEVICE) return;
        if (status.links() > 1 && linked(to, name, status)) return;
        leaf(from, to, name, status);
        if (status.links() > 1) links.put(status.inode(), new Place(path, name));
    }

    private boolean linked(Directory to, String name, FileStatus status) throws Errno {
        var first = links.get(status.inode());
        if (first == null) return false;
        try (var directory = top.descend(first.directory())) {
            to.makeLink(directory, first.name(), name);
        }
        return true;
    }

    private void leaf(Directory from, Directory to, String name, FileStatus status) throws Errno {
        switch (status.type()) {
            case REGULAR -> {
                try (var source = from.read(name);
                        var target = to.create(name, 0600)) {
                    content(source, target, status.size());
                }
            }
            case SYMLINK -> to.makeSymlink(from.linkTarget(name), name);
            case FIFO, SOCKET -> to.makeNode(name, status.type(), 0600, 0);
            case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE -> {
                return;
            }
        }
        traits(from, to, name, status);
    }

    private void content(OpenFile source, OpenFile target, long size) throws Errno {
        long at = 0;
        boolean isBehindHole = false;
        for (int read = source.read(chunk); read >= 0; read = source.read(chunk)) {
            if (isZero(read)) {
                isBehindHole = true;
            } else {
                if (isBehindHole) target.seek(at);
                isBehindHole = false;
                target.write(chunk, 0, read);
            }
            at += read;
        }
        if (isBehindHole) target.truncate(size);
    }

    private boolean isZero(int length) {
        if (length < chunk.length) return false;
        for (byte each : chunk) {
            if (each != 0) return false;
        }
        return true;
    }

    /// Owner, permissions, attributes, times: in the order the kernel needs.
    private void traits(Directory from, Directory to, String name, FileStatus status) throws Errno {
        if (isRoot)
            to.changeOwner(name, owners.outside(status.owner()), owners.outside(status.group()));
        if (status.type() != FileType.SYMLINK) to.changePermissions(name, status.permissions());
        var source = from.attributes(name);
        for (var attribute : source.names()) {
            if (attribute.startsWith("trusted.") || attribute.startsWith("user.overlay.")) continue;
            var value = source.value(attribute);
            try {
                if (value.isPresent()) to.attributes(name).put(attribute, value.get());
            } catch (Errno failed) {
                if (!failed.isRefusal()) throw failed;
            }
        }
        to.changeTime(name, status.modified());
    }
}
