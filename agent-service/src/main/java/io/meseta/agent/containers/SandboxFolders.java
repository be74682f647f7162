package io.meseta.agent.containers;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import io.meseta.isolation.linux.FileType;
import io.meseta.isolation.linux.HeldFile;
import java.nio.file.Path;

/// Directories in sandboxes, which are full of what strangers have made and may change at any time:
/// each is reached from the one above it and held, and no link is followed on the way.
final class SandboxFolders {

    private SandboxFolders() {}

    /// Holds the directory, made and given to `owner` where it is not there.
    static HeldFile hold(Path sandbox, String relative, Account owner) {
        return hold(sandbox, relative, FileType.DIRECTORY, owner);
    }

    /// Holds the directory or regular file, likewise.
    static HeldFile hold(Path sandbox, String relative, FileType type, Account owner) {
        try (var above = Directory.open(sandbox)) {
            return hold(above, Path.of(relative), 0, new Wish(type, owner));
        } catch (Errno failure) {
            var isElse = failure.number() == Errno.ENOTDIR || failure.number() == Errno.ELOOP;
            throw new LaunchFailure(
                    isElse
                            ? "'" + relative + "' is in the sandbox, and is no directory"
                            : "can't make '" + relative + "' in the sandbox",
                    failure);
        }
    }

    /// @param type of the last part; those before are directories
    private record Wish(FileType type, Account owner) {}

    private static HeldFile hold(Directory above, Path path, int from, Wish wish) throws Errno {
        if (path.isAbsolute()) throw leadsOut(path);
        int at = from;
        while (at < path.getNameCount() && isNothing(path.getName(at).toString())) at++;
        if (at == path.getNameCount()) return above.hold(".");
        var name = path.getName(at).toString();
        if (name.equals("..")) throw leadsOut(path);
        boolean isLast = at == path.getNameCount() - 1;
        if (isLast && wish.type() != FileType.DIRECTORY)
            return file(above, Directory.bytesOf(name), wish.owner());
        try (var below = entered(above, Directory.bytesOf(name), wish.owner())) {
            return hold(below, path, at + 1, wish);
        }
    }

    private static HeldFile file(Directory above, String name, Account owner) throws Errno {
        try {
            above.create(name, 0644).close();
            above.changeOwner(name, (int) owner.uid(), (int) owner.gid());
        } catch (Errno failed) {
            if (failed.number() != Errno.EEXIST) throw failed;
        }
        return above.hold(name);
    }

    private static boolean isNothing(String name) {
        return name.isEmpty() || name.equals(".");
    }

    private static LaunchFailure leadsOut(Path path) {
        return new LaunchFailure("'" + path + "' leads out of the sandbox");
    }

    private static Directory entered(Directory above, String name, Account owner) throws Errno {
        try {
            return above.child(name);
        } catch (Errno failed) {
            if (failed.number() != Errno.ENOENT) throw failed;
        }
        try {
            above.makeDirectory(name, 0755);
        } catch (Errno failed) {
            if (failed.number() != Errno.EEXIST) throw failed;
            return above.child(name);
        }
        var made = above.child(name);
        try {
            // If it is not the one that was made, it must not be of worth to anybody.
            if (made.names().isEmpty()) made.changeOwner(".", (int) owner.uid(), (int) owner.gid());
            return made;
        } catch (Errno | RuntimeException failed) {
            made.close();
            throw failed;
        }
    }
}
