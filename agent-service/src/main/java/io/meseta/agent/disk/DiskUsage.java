package io.meseta.agent.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;

/// What a directory takes, links not followed and files with several names counted once.
final class DiskUsage {

    private DiskUsage() {}

    /// In bytes. What vanishes meanwhile is not counted.
    static long of(Path root) throws IOException {
        var seen = new HashSet<Object>();
        var total = new long[1];
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && isNew(attributes))
                            total[0] += attributes.size();
                        return Thread.currentThread().isInterrupted()
                                ? FileVisitResult.TERMINATE
                                : FileVisitResult.CONTINUE;
                    }

                    private boolean isNew(BasicFileAttributes attributes) {
                        var key = attributes.fileKey();
                        return key == null || seen.add(key);
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return total[0];
    }
}
