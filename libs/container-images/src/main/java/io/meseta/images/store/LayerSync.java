package io.meseta.images.store;

import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.Errno;
import java.nio.file.Path;

/// Makes all of a layer durable before it gets its name.
final class LayerSync {

    private LayerSync() {}

    static void sync(Path tree) throws Errno {
        try (var directory = Directory.open(tree)) {
            directory.syncFileSystem();
        }
    }
}
