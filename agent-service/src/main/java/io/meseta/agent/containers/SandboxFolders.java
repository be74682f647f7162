package io.meseta.agent.containers;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import io.meseta.images.isolation.linux.Directory;
import io.meseta.images.isolation.linux.Errno;
import io.meseta.images.isolation.linux.HeldFile;
import java.nio.file.Path;

/// Directories in sandboxes, which are full of what strangers have made and may change at any time:
/// each is reached from the one above it and held, and no link is followed on the way.
final class SandboxFolders {

    private SandboxFolders() {}

    /// Holds the directory, made and given to `owner` where it is not there.
    static HeldFile hold(Path sandbox, String relative, Account owner) {
        try (var above = Directory.open(sandbox)) {
            return hold(above, Path.of(relative), 0, owner);
        } catch (Errno failure) {
            var isElse = failure.number() == Errno.ENOTDIR || failure.number() == Errno.ELOOP;
            throw new LaunchFailure(
                    isElse
                            ? "'" + relative + "' is in the sandbox, and is no directory"
                            : "can't make '" + relative + "' in the sandbox",
                    failure);
        }
    }

    private static HeldFile hold(Directory above, Path path, int from, Account owner) throws Errno {
        if (path.isAbsolute()) throw leadsOut(path);
        int at = from;
        while (at < path.getNameCount() && isNothing(path.getName(at).toString())) at++;
        if (at == path.getNameCount()) return above.hold(".");
        var name = path.getName(at).toString();
        if (name.equals("..")) throw leadsOut(path);
        try (var below = entered(above, Directory.bytesOf(name), owner)) {
            return hold(below, path, at + 1, owner);
        }
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
