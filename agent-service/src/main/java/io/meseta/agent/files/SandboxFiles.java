package io.meseta.agent.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Finds and opens files in sandboxes.
///
/// A path names a sandbox first, by one of its names. What follows may go through links as long as
/// it ends inside; then it is walked again, directory by directory, without following any link: a
/// link that is put in the way meanwhile leads nowhere.
public final class SandboxFiles {

    private static final int ENTRIES_MAX = 10_000;

    /// Sandboxes by the names under which they are shown.
    public interface Roots {

        /// The sandbox whose name is the longest start of `path`; `name` is that start.
        Optional<Root> find(String path);

        /// All names, for whoever looks for them.
        SortedMap<String, Path> all();
    }

    /// One sandbox under one of its names.
    public record Root(String name, Path sandbox) {}

    private record Place(Path root, Path relative) {}

    private final Roots roots;

    public SandboxFiles(Roots roots) {
        this.roots = roots;
    }

    public SortedMap<String, Path> names() {
        return roots.all();
    }

    /// Opens a regular file for reading.
    public FileAnswer open(String path) {
        var place = place(path);
        if (place.isEmpty()) return new FileAnswer.NotFound();
        var relative = place.get().relative();
        if (relative.toString().isEmpty()) return root(place.get().root());
        try (var parent = descend(place.get().root(), Optional.ofNullable(relative.getParent()))) {
            var name = relative.getFileName();
            var view =
                    parent.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            var attributes = view.readAttributes();
            if (attributes.isDirectory()) return new FileAnswer.IsDirectory();
            if (!attributes.isRegularFile()) return new FileAnswer.NotFound();
            var channel =
                    parent.newByteChannel(
                            name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            return new FileAnswer.Opened(name.toString(), channel.size(), channel);
        } catch (IOException _) {
            return new FileAnswer.NotFound();
        }
    }

    /// A root is a sandbox, or the one file that is no sandbox's.
    private static FileAnswer root(Path root) {
        if (!Files.isRegularFile(root, LinkOption.NOFOLLOW_LINKS))
            return new FileAnswer.IsDirectory();
        try {
            var channel =
                    Files.newByteChannel(
                            root, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            return new FileAnswer.Opened(
                    String.valueOf(root.getFileName()), channel.size(), channel);
        } catch (IOException _) {
            return new FileAnswer.NotFound();
        }
    }

    /// Lists a directory, or a file as its only entry's absence: an empty list. Empty when there is
    /// nothing.
    public Optional<List<FileEntry>> list(String path) {
        var place = place(path);
        if (place.isEmpty()) return Optional.empty();
        var directory = place.get().root().resolve(place.get().relative());
        if (Files.isRegularFile(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(List.of());
        }
        try (var stream = descend(place.get().root(), Optional.of(place.get().relative()))) {
            var names = new ArrayList<String>();
            for (var entry : stream) {
                if (names.size() >= ENTRIES_MAX) break;
                names.add(entry.getFileName().toString());
            }
            names.sort(null);
            var entries = new ArrayList<FileEntry>();
            for (var name : names)
                entry(directory.resolve(name), path, name).ifPresent(entries::add);
            return Optional.of(entries);
        } catch (IOException | DirectoryIteratorException _) {
            return Optional.empty();
        }
    }

    private Optional<Place> place(String path) {
        if (path.indexOf('\0') >= 0) return Optional.empty();
        try {
            // Not every text can be a path on this machine, whatever it names.
            var found = roots.find(path);
            if (found.isEmpty()) return Optional.empty();
            var rest = path.substring(found.get().name().length());
            var root = found.get().sandbox().toRealPath();
            while (rest.startsWith("/")) rest = rest.substring(1);
            var real = root.resolve(rest).toRealPath();
            return real.startsWith(root)
                    ? Optional.of(new Place(root, root.relativize(real)))
                    : Optional.empty();
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    private static SecureDirectoryStream<Path> descend(Path root, Optional<Path> relative)
            throws IOException {
        var stream = secure(root);
        if (relative.isEmpty() || relative.get().toString().isEmpty()) return stream;
        for (var part : relative.get()) {
            try (var outer = stream) {
                stream = outer.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS);
            }
        }
        return stream;
    }

    // Whoever gets the stream closes it.
    @SuppressWarnings("StreamResourceLeak")
    private static SecureDirectoryStream<Path> secure(Path root) throws IOException {
        var stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> secure) return secure;
        stream.close();
        throw new IOException("this file system can't be walked safely");
    }

    private static Optional<FileEntry> entry(Path file, String path, String name) {
        try {
            var attributes =
                    Files.readAttributes(
                            file,
                            "unix:nlink,size,lastModifiedTime,mode,owner,group",
                            LinkOption.NOFOLLOW_LINKS);
            if (!(attributes.get("nlink") instanceof Integer links)
                    || !(attributes.get("size") instanceof Long size)
                    || !(attributes.get("lastModifiedTime") instanceof FileTime modified)
                    || !(attributes.get("mode") instanceof Integer mode)) {
                return Optional.empty();
            }
            return Optional.of(
                    new FileEntry(
                            path.endsWith("/") ? path + name : path + "/" + name,
                            links,
                            size,
                            modified.toInstant(),
                            mode,
                            String.valueOf(attributes.get("owner")),
                            String.valueOf(attributes.get("group"))));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
