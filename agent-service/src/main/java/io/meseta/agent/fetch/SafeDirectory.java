package io.meseta.agent.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A directory into which strangers' names are written, and never out of.
///
/// Looking at the text of a name is not enough: an earlier entry may have put a link in its way. So
/// each directory on the way is looked at without following links.
final class SafeDirectory {

    private static final int NAME_CHARS_MAX = 4096;

    private final Path root;
    private final Set<String> reserved;

    /// @param reserved names in the root that may not be replaced
    SafeDirectory(Path root, List<String> reserved) {
        this.root = root;
        this.reserved = Set.copyOf(reserved);
    }

    Path root() {
        return root;
    }

    /// Opens a new file, in place of whatever file or link had its name.
    OutputStream create(String name) throws IOException {
        return Files.newOutputStream(
                cleared(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void makeDirectory(String name) throws IOException {
        var parts = parts(name);
        walk(parts, parts.size());
    }

    /// Makes a link, if it leads to somewhere inside whatever other links there are: leading `..`
    /// lead up through real directories, later ones might lead up through links.
    void makeLink(String name, String target) throws IOException {
        var parts = parts(name);
        int depth = parts.size() - 1;
        boolean isDescending = false;
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0) {
            throw refused(name, "its target '" + target + "' is outside of the sandbox");
        }
        for (var part : target.split("/", -1)) {
            if (part.equals("..")) {
                if (isDescending || --depth < 0) {
                    throw refused(
                            name, "its target '" + target + "' may be outside of the sandbox");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                isDescending = true;
            }
        }
        Files.createSymbolicLink(cleared(name), Path.of(target));
    }

    /// Makes a second name for a file that is already here.
    void makeHardLink(String name, String existing) throws IOException {
        var source = existing(existing);
        Files.createLink(cleared(name), source);
    }

    /// The file or directory of that name, which is there and is no link.
    Path existing(String name) throws IOException {
        var parts = parts(name);
        var path = walk(parts, parts.size() - 1).resolve(parts.getLast());
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name, "there is no such regular file");
        }
        return path;
    }

    /// Sets the permissions for owner, group and others; never those by which a program gets
    /// another user's rights.
    void permit(String name, int mode) throws IOException {
        var parts = parts(name);
        var path = walk(parts, parts.size() - 1).resolve(parts.getLast());
        if (Files.isSymbolicLink(path)) return;
        Files.setPosixFilePermissions(path, permissions(mode | 0600));
    }

    private Path cleared(String name) throws IOException {
        var parts = parts(name);
        if (parts.size() == 1 && reserved.contains(parts.getFirst())) {
            throw refused(name, "the name is the agent's own");
        }
        var path = walk(parts, parts.size() - 1).resolve(parts.getLast());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(name, "there is a directory of this name");
        }
        Files.deleteIfExists(path);
        return path;
    }

    /// Steps into the first `count` parts, making what is missing.
    private Path walk(List<String> parts, int count) throws IOException {
        var path = root;
        for (int i = 0; i < count; i++) {
            path = path.resolve(parts.get(i));
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) continue;
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(String.join("/", parts), path.getFileName() + " is no directory");
            }
            Files.createDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return path;
    }

    private static List<String> parts(String name) {
        if (name.length() > NAME_CHARS_MAX) throw refused(name.substring(0, 80), "it is too long");
        if (name.startsWith("/")) throw refused(name, "it is absolute");
        if (name.indexOf('\0') >= 0) throw refused(name.replace('\0', '?'), "it holds a NUL");
        var parts = new ArrayList<String>();
        for (var part : name.split("/", -1)) {
            if (part.equals("..")) throw refused(name, "it leads out of its directory");
            if (!part.isEmpty() && !part.equals(".")) parts.add(part);
        }
        if (parts.isEmpty()) throw refused(name, "it is empty");
        return parts;
    }

    private static FetchFailure refused(String name, String why) {
        return new FetchFailure("'" + name + "' is refused: " + why);
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var all =
                List.of(
                        PosixFilePermission.OTHERS_EXECUTE,
                        PosixFilePermission.OTHERS_WRITE,
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.GROUP_EXECUTE,
                        PosixFilePermission.GROUP_WRITE,
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.OWNER_EXECUTE,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_READ);
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < all.size(); bit++) {
            if ((mode & (1 << bit)) != 0) permissions.add(all.get(bit));
        }
        return permissions;
    }
}
