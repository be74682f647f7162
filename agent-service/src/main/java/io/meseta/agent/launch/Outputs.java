package io.meseta.agent.launch;

import io.meseta.isolation.linux.Directory;
import io.meseta.isolation.linux.FileType;
import io.meseta.isolation.linux.HeldFile;
import java.io.IOException;
import java.nio.file.Path;

/// The files of a sandbox that a run writes its outputs to. The agent opens them, who may write
/// everywhere; the sandbox is its task's, and other processes of the same user may have put
/// something else in their place. So they are opened by what was looked at.
public final class Outputs {

    private Outputs() {}

    /// Holds the very file.
    ///
    /// @throws IOException if it is not there, or not the sandbox owner's file
    public static HeldFile hold(Path sandbox, String name) throws IOException {
        try (var directory = Directory.open(sandbox)) {
            var held = directory.hold(name);
            var status = held.status();
            boolean isOwners = status.owner() == directory.status().owner();
            if (status.type() == FileType.REGULAR && isOwners) return held;
            held.close();
            throw new IOException(name + " of the sandbox is not the task's own file");
        }
    }
}
