package io.meseta.agent.containers;

import io.meseta.agent.launch.Account;
import io.meseta.agent.launch.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Directories in sandboxes, which are full of what strangers have made: no link is followed on the
/// way.
final class SandboxFolders {

    private SandboxFolders() {}

    /// The directory, made and given to `owner` where it is not there.
    static Path ensure(Path sandbox, String relative, Account owner) {
        var path = sandbox;
        try {
            for (var part : Path.of(relative)) {
                var name = part.toString();
                if (name.isEmpty() || name.equals(".")) continue;
                if (name.equals("..") || part.isAbsolute())
                    throw new LaunchFailure("'" + relative + "' leads out of the sandbox");
                path = path.resolve(name);
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) continue;
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                    throw new LaunchFailure(
                            "'" + relative + "' is in the sandbox, and is no directory");
                Files.createDirectory(path);
                Files.setAttribute(path, "unix:gid", (int) owner.gid(), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(path, "unix:uid", (int) owner.uid(), LinkOption.NOFOLLOW_LINKS);
            }
            return path;
        } catch (IOException failure) {
            throw new LaunchFailure("can't make '" + relative + "' in the sandbox", failure);
        }
    }
}
