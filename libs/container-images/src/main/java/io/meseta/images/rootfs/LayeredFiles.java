package io.meseta.images.rootfs;

import io.meseta.images.layers.UnpackOptions.Whiteouts;
import io.meseta.images.reference.ImageFault;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileStatus;
import io.meseta.isolation.linux.FileType;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The files of an image as a container will see them, read without mounting anything: the highest
/// layer that has a name decides, unless it says that the name is gone. Symbolic links are followed
/// in the image and nowhere else.
final class LayeredFiles {

    private static final int LINKS_MAX = 40;
    private static final int COMPONENTS_MAX = 512;

    private final List<Path> layers;

    LayeredFiles(OverlayLayers layers) {
        this.layers = layers.lowerDirectories();
    }

    /// The content of a regular file of at most `max` bytes; empty if there is none.
    Optional<byte[]> read(String path, int max) {
        try {
            var found = find(path);
            if (found.isEmpty()) return Optional.empty();
            try (var top = Directory.open(found.get().layer());
                    var parent = top.descend(found.get().parent());
                    var file = parent.read(found.get().name())) {
                return Optional.of(file.readAll(max));
            }
        } catch (Errno failed) {
            if (failed.number() == Errno.EFBIG)
                throw ImageFault.tooLarge("a file above " + max + " bytes");
            throw ImageFault.storage("reading %s of an image".formatted(path), failed);
        }
    }

    /// A regular file in one layer.
    private record Found(Path layer, String parent, String name) {}

    private Optional<Found> find(String path) throws Errno {
        var rest = new ArrayDeque<>(components(path));
        var at = new ArrayList<String>();
        int links = 0;
        while (!rest.isEmpty()) {
            var name = rest.removeFirst();
            if (name.equals("..")) {
                if (!at.isEmpty()) at.removeLast();
                continue;
            }
            var entry = look(at, name);
            if (entry.isEmpty()) return Optional.empty();
            switch (entry.get().status().type()) {
                case SYMLINK -> {
                    if (++links > LINKS_MAX) return Optional.empty();
                    follow(entry.get().target(), at, rest);
                }
                case DIRECTORY -> at.add(name);
                case REGULAR -> {
                    var file = new Found(entry.get().layer(), String.join("/", at), name);
                    return rest.isEmpty() ? Optional.of(file) : Optional.empty();
                }
                case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO, SOCKET -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static void follow(String target, List<String> at, Deque<String> rest) {
        if (target.startsWith("/")) at.clear();
        components(target).reversed().forEach(rest::addFirst);
        if (rest.size() > COMPONENTS_MAX) rest.clear();
    }

    private static List<String> components(String path) {
        var components = new ArrayList<String>();
        for (var each : path.split("/", -1)) {
            if (!each.isEmpty() && !each.equals(".")) components.add(each);
        }
        return components;
    }

    /// What the highest layer says of a name.
    ///
    /// @param target of a symbolic link, else empty
    private record Entry(Path layer, FileStatus status, String target) {}

    private Optional<Entry> look(List<String> directory, String name) throws Errno {
        for (var layer : layers) {
            try (var top = Directory.open(layer)) {
                var reached = reach(top, directory);
                try (var at = reached.directory()) {
                    var status = reached.isThere() ? at.status(name) : Optional.<FileStatus>empty();
                    if (status.isPresent()) return entry(layer, at, status.get(), name);
                }
                if (reached.hidesBelow()) return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Optional<Entry> entry(Path layer, Directory at, FileStatus status, String name)
            throws Errno {
        var isWhiteout = status.type() == FileType.CHARACTER_DEVICE && status.specialDevice() == 0;
        if (isWhiteout) return Optional.empty();
        var target = status.type() == FileType.SYMLINK ? at.linkTarget(name) : "";
        return Optional.of(new Entry(layer, status, target));
    }

    /// How far one layer has a directory.
    ///
    /// @param directory the last one that is there; to be closed
    /// @param hidesBelow whether layers below can't add to the directory that was looked for
    private record Reached(Directory directory, boolean isThere, boolean hidesBelow) {}

    private static Reached reach(Directory top, List<String> path) throws Errno {
        var at = top.descend("");
        var hides = false;
        for (var name : path) {
            var status = at.status(name);
            if (status.isEmpty()) return new Reached(at, false, hides);
            if (status.get().type() != FileType.DIRECTORY) return new Reached(at, false, true);
            var child = at.child(name);
            at.close();
            at = child;
            hides = hides || isOpaque(at);
        }
        return new Reached(at, true, hides);
    }

    static boolean isOpaque(Directory directory) throws Errno {
        for (var form : Whiteouts.values()) {
            try {
                var value = directory.attributes(".").value(form.opaque());
                if (value.isPresent() && value.get().length == 1 && value.get()[0] == 'y') {
                    return true;
                }
            } catch (Errno refused) {
                // A file system without attributes has no opaque directories.
                if (!refused.isRefusal()) throw refused;
            }
        }
        return false;
    }
}
