package io.meseta.images.layers;

import io.meseta.images.layers.UnpackOptions.Whiteouts;
import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileStatus;
import io.meseta.isolation.linux.FileType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The directories of a layer that is being unpacked: found, made when missing, made opaque.
///
/// Symbolic links in the way to an entry are followed inside the root, as in a container. The last
/// directory stays open, since archives hold the files of one directory in a row.
final class Tree implements AutoCloseable {

    private static final byte[] YES = {'y'};

    private final Directory root;
    private final Whiteouts whiteouts;
    private EntryPath heldPath = new EntryPath(List.of());
    private @Nullable Directory held;
    private boolean hidesAllBelow;

    Tree(Directory root, Whiteouts whiteouts) {
        this.root = root;
        this.whiteouts = whiteouts;
    }

    /// Belongs to whoever made this tree.
    Directory root() {
        return root;
    }

    boolean hidesAllBelow() {
        return hidesAllBelow;
    }

    /// The directory at `path`, which belongs to this tree and is closed by it. What is missing on
    /// the way is made: archives need not name the directories of their files.
    Directory directory(EntryPath path) throws Errno {
        if (path.isRoot()) return root;
        if (held != null && heldPath.equals(path)) return held;
        var found = open(path);
        close();
        held = found;
        heldPath = path;
        return found;
    }

    private Directory open(EntryPath path) throws Errno {
        try {
            return root.descend(path.toString());
        } catch (Errno failed) {
            if (failed.number() != Errno.ENOENT && failed.number() != Errno.ENOTDIR) {
                throw failed;
            }
        }
        for (int depth = 1; depth <= path.components().size(); depth++) {
            make(new EntryPath(path.components().subList(0, depth)));
        }
        return root.descend(path.toString());
    }

    private void make(EntryPath path) throws Errno {
        try (var parent = root.descend(path.parent().toString())) {
            var status = parent.status(path.name());
            if (status.isPresent() && !isWhiteout(status.get())) {
                if (status.get().type() == FileType.REGULAR) {
                    throw ImageFault.malformed(
                            "a file that is a directory as well: "
                                    + ImageFault.quoted(path.toString()));
                }
                return;
            }
            if (status.isPresent()) parent.remove(path.name(), false);
            parent.makeDirectory(path.name(), 0755);
            if (status.isPresent()) makeOpaque(parent, path.name());
        }
    }

    static boolean isWhiteout(FileStatus status) {
        return status.type() == FileType.CHARACTER_DEVICE && status.specialDevice() == 0;
    }

    /// Marks that `path` of the layers below is gone. What this very layer brings at that place
    /// stays: a directory then hides what lies below it.
    void whiteOut(EntryPath path) throws Errno {
        var parent = directory(path.parent());
        var status = parent.status(path.name());
        if (status.isEmpty()) {
            parent.makeNode(path.name(), FileType.CHARACTER_DEVICE, 0, 0);
        } else if (status.get().type() == FileType.DIRECTORY) {
            makeOpaque(parent, path.name());
        }
    }

    /// Makes the directory at `path` hide all that lies below it.
    void makeOpaque(EntryPath path) throws Errno {
        if (path.isRoot()) {
            hidesAllBelow = true;
            return;
        }
        directory(path).attributes(".").put(whiteouts.opaque(), YES);
    }

    void makeOpaque(Directory parent, String name) throws Errno {
        try (var directory = parent.child(name)) {
            directory.attributes(".").put(whiteouts.opaque(), YES);
        }
    }

    @Override
    public void close() {
        if (held != null) held.close();
        held = null;
    }
}
