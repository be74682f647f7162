package io.meseta.images.layers;

import io.meseta.images.layers.TarEntry.Kind;
import io.meseta.images.layers.UnpackOptions.Devices;
import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileType;
import io.meseta.isolation.linux.OpenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One layer on its way into an empty directory.
///
/// An entry that comes twice counts as it came last; of directories, the content is joined. An
/// archive may mark what it removes in the form of aufs (`.wh.name`, `.wh..wh..opq`) or of
/// overlayfs (device 0/0, an attribute): both become overlayfs'. Not safe for threads; interrupting
/// the thread stops it.
final class LayerUnpacking implements AutoCloseable {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String AUFS_OWN = ".wh..wh.";
    private static final int CHUNK_BYTES = 128 << 10;

    private final UnpackOptions options;
    private final TarReader archive;
    private final Tree tree;
    private final Traits traits;
    private final byte[] chunk = new byte[CHUNK_BYTES];

    /// Permissions and times of directories wait for the end: a directory may be read-only, and
    /// each file in it changes its time.
    private final Map<EntryPath, TarEntry> directories = new LinkedHashMap<>();

    private long entries;
    private long bytes;
    private long devicesLeftOut;

    LayerUnpacking(Directory root, TarReader archive, UnpackOptions options) {
        this.options = options;
        this.archive = archive;
        this.tree = new Tree(root, options.whiteouts());
        this.traits = new Traits(options.owners());
    }

    Unpacked run() throws IOException {
        for (var entry = archive.next(); entry.isPresent(); entry = archive.next()) {
            if (Thread.currentThread().isInterrupted()) throw cancelled();
            options.limits().checkEntries(++entries);
            options.limits().checkFile(entry.get().size());
            unpack(entry.get());
        }
        finishDirectories();
        return new Unpacked(
                entries,
                bytes,
                tree.hidesAllBelow(),
                devicesLeftOut,
                traits.attributesLeftOut(),
                options.owners().isKept());
    }

    private void unpack(TarEntry entry) throws IOException {
        var path = EntryPath.of(entry.name(), options.limits());
        try {
            place(entry, path);
        } catch (Errno failed) {
            throw explained(failed, path);
        }
    }

    private void place(TarEntry entry, EntryPath path) throws IOException {
        if (path.name().startsWith(WHITEOUT)) {
            whiteOut(path);
        } else if (path.isRoot()) {
            root(entry, path);
        } else if (entry.isOverlayWhiteout()) {
            tree.whiteOut(path);
        } else {
            make(entry, path);
        }
    }

    private void whiteOut(EntryPath path) throws Errno {
        var name = path.name();
        if (name.equals(OPAQUE)) {
            tree.makeOpaque(path.parent());
            return;
        }
        // The books that aufs keeps in its own layers.
        if (name.startsWith(AUFS_OWN)) return;
        var removed = name.substring(WHITEOUT.length());
        if (removed.isEmpty() || removed.equals(".") || removed.equals("..")) {
            throw ImageFault.malformed("a whiteout of nothing: " + ImageFault.quoted(name));
        }
        tree.whiteOut(path.sibling(removed));
    }

    private void root(TarEntry entry, EntryPath path) throws Errno {
        if (entry.kind() != Kind.DIRECTORY) {
            throw ImageFault.malformed("a root that is no directory");
        }
        if (Traits.isOpaque(entry)) tree.makeOpaque(path);
        traits.begin(tree.directory(path), entry);
        directories.put(path, entry);
    }

    private void make(TarEntry entry, EntryPath path) throws IOException {
        if (isDevice(entry.kind())) {
            leaveOut(entry);
            return;
        }
        var parent = tree.directory(path.parent());
        if (entry.kind() == Kind.DIRECTORY) {
            directory(parent, entry, path);
            return;
        }
        if (entry.kind() == Kind.HARD_LINK) {
            link(parent, entry, path);
            return;
        }
        clear(parent, path);
        switch (entry.kind()) {
            case FILE -> file(parent, entry, path.name());
            case SYMLINK -> symlink(parent, entry, path.name());
            case FIFO -> parent.makeNode(path.name(), FileType.FIFO, 0600, 0);
            case HARD_LINK, DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE ->
                    throw new AssertionError("made above");
        }
        traits.apply(parent, path.name(), entry);
    }

    private static boolean isDevice(Kind kind) {
        return kind == Kind.CHARACTER_DEVICE || kind == Kind.BLOCK_DEVICE;
    }

    private void leaveOut(TarEntry entry) {
        if (options.devices() == Devices.REFUSE) {
            throw new ImageFault(
                    ImageFault.Kind.UNSUPPORTED,
                    "a device in a layer: " + ImageFault.quoted(entry.name()));
        }
        devicesLeftOut++;
    }

    /// Removes what an earlier entry left at this place.
    private void clear(Directory parent, EntryPath path) throws Errno {
        if (parent.status(path.name()).isEmpty()) return;
        parent.removeAll(path.name());
        directories.remove(path);
    }

    private void directory(Directory parent, TarEntry entry, EntryPath path) throws Errno {
        var status = parent.status(path.name());
        var isThere = status.isPresent() && status.get().type() == FileType.DIRECTORY;
        var wasRemoved = status.isPresent() && Tree.isWhiteout(status.get());
        if (status.isPresent() && !isThere) parent.remove(path.name(), false);
        if (!isThere) parent.makeDirectory(path.name(), 0700);
        try (var made = parent.child(path.name())) {
            traits.begin(made, entry);
        }
        if (wasRemoved || Traits.isOpaque(entry)) tree.makeOpaque(parent, path.name());
        directories.put(path, entry);
    }

    private void file(Directory parent, TarEntry entry, String name) throws IOException {
        try (var file = parent.create(name, 0600)) {
            if (entry.isSparse()) {
                sparse(file, entry);
            } else {
                copy(file, entry.size());
            }
        }
    }

    private void sparse(OpenFile file, TarEntry entry) throws IOException {
        file.truncate(entry.size());
        for (var extent : entry.extents()) {
            file.seek(extent.offset());
            copy(file, extent.length());
        }
    }

    private void copy(OpenFile file, long length) throws IOException {
        for (long left = length; left > 0; ) {
            if (Thread.currentThread().isInterrupted()) throw cancelled();
            int read = archive.read(chunk, (int) Math.min(left, chunk.length));
            if (read < 0) throw ImageFault.malformed("a file shorter than it says");
            file.write(chunk, 0, read);
            left -= read;
            bytes += read;
        }
    }

    private static void symlink(Directory parent, TarEntry entry, String name) throws Errno {
        if (entry.link().isEmpty() || entry.link().indexOf('\0') >= 0) {
            throw ImageFault.malformed("a symbolic link to nothing");
        }
        parent.makeSymlink(entry.link(), name);
    }

    private void link(Directory parent, TarEntry entry, EntryPath path) throws Errno {
        var target = EntryPath.of(entry.link(), options.limits());
        if (target.equals(path)) return;
        try (var directory = openForLink(target)) {
            var status = directory.status(target.name());
            if (status.isEmpty() || status.get().type() == FileType.DIRECTORY) {
                throw notInItsLayer(target);
            }
            var there = parent.status(path.name());
            var isSame = there.isPresent() && there.get().inode() == status.get().inode();
            if (isSame) return;
            if (there.isPresent()) parent.removeAll(path.name());
            parent.makeLink(directory, target.name(), path.name());
        }
        directories.remove(path);
    }

    private Directory openForLink(EntryPath target) throws Errno {
        try {
            return tree.root().descend(target.parent().toString());
        } catch (Errno failed) {
            if (failed.number() == Errno.ENOENT) throw notInItsLayer(target);
            throw failed;
        }
    }

    private static ImageFault notInItsLayer(EntryPath target) {
        return ImageFault.malformed(
                "a hard link to what is not in its layer: " + ImageFault.quoted(target.toString()));
    }

    private void finishDirectories() throws IOException {
        var deepestFirst = new ArrayList<>(directories.keySet());
        deepestFirst.sort(
                Comparator.comparingInt((EntryPath path) -> path.components().size()).reversed());
        for (var path : deepestFirst) {
            var entry = Optional.ofNullable(directories.get(path)).orElseThrow();
            try (var directory = openAgain(path)) {
                traits.finish(directory, entry);
            } catch (Errno failed) {
                // Replaced by a later entry, together with a directory above it.
                var isGone = failed.number() == Errno.ENOENT || failed.number() == Errno.ENOTDIR;
                if (!isGone && failed.number() != Errno.ELOOP) throw explained(failed, path);
            }
        }
    }

    private Directory openAgain(EntryPath path) throws Errno {
        if (path.isRoot()) return tree.root().descend("");
        try (var parent = tree.root().descend(path.parent().toString())) {
            return parent.child(path.name());
        }
    }

    private static ImageFault explained(Errno failed, EntryPath path) {
        var what = "%s at %s".formatted(failed.getMessage(), ImageFault.quoted(path.toString()));
        if (failed.isFull()) return new ImageFault(ImageFault.Kind.STORAGE, what, failed);
        return switch (failed.number()) {
            case Errno.E2BIG -> ImageFault.tooLarge(what);
            case Errno.ENOENT,
                    Errno.ENOTDIR,
                    Errno.ELOOP,
                    Errno.EXDEV,
                    Errno.EEXIST,
                    Errno.EMLINK,
                    Errno.ENAMETOOLONG ->
                    new ImageFault(ImageFault.Kind.MALFORMED, what, failed);
            default -> new ImageFault(ImageFault.Kind.STORAGE, what, failed);
        };
    }

    private static ImageFault cancelled() {
        return new ImageFault(ImageFault.Kind.CANCELLED, "unpacking was interrupted");
    }

    @Override
    public void close() {
        tree.close();
    }
}
