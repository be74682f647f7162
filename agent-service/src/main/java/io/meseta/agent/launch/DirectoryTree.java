package io.meseta.agent.launch;

import io.meseta.isolation.linux.Directory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Directories with all that is in them. Symbolic links are links here, never what they point to.
public final class DirectoryTree {

    private DirectoryTree() {}

    /// Deletes all that is in a directory, which stays: something may be mounted there.
    public static void empty(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return;
        try (var entries = Files.newDirectoryStream(directory)) {
            for (var entry : entries) delete(entry);
        }
    }

    /// Deletes it; what is not there needs no deleting. From directory to directory, not by paths:
    /// whose tree it is may have processes left that put links in the way.
    public static void delete(Path root) throws IOException {
        var path = root.toAbsolutePath();
        var parent = path.getParent();
        if (parent == null) throw new IOException("the root of all is not to be deleted");
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
        try (var above = Directory.open(parent)) {
            above.removeAll(Directory.bytesOf(path.getFileName().toString()));
        } catch (IOException failure) {
            throw new IOException("can't delete " + path, failure);
        }
    }
}
