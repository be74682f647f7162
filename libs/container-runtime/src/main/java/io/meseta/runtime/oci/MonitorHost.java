package io.meseta.runtime.oci;

import io.meseta.runtime.host.ResidentShells;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Shells that stay, in the monitors' control groups, and begin the shell of each monitor there.
///
/// A process that goes into a group by itself waits for all processors of the machine to have
/// noticed, and everybody who starts or ends a process waits with it: 6 ms, for each container.
final class MonitorHost implements AutoCloseable {

    /// Each line is the directory of a bundle. By `setsid --fork` and not by `&`, which would have
    /// whatever runs in a container ignore INT and QUIT. Pipes are opened in both directions, so
    /// that it never waits for an agent that is gone.
    private static final String LOOP =
            """
            for group in $MESETA_GROUPS; do echo 0 > "$group" 2>/dev/null || :; done
            unset MESETA_GROUPS
            while read -r bundle; do
                "$1" --fork /bin/sh -c "$2" sh "$bundle" <>"$bundle/ask" 1<>"$bundle/answer"
            done
            """;

    private final ResidentShells shells;

    private MonitorHost(ResidentShells shells) {
        this.shells = shells;
    }

    /// @param groups files to write a process' number to
    static MonitorHost in(List<Path> groups) {
        var environment =
                Map.of(
                        "PATH",
                        "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "MESETA_GROUPS",
                        String.join(" ", groups.stream().map(Path::toString).toList()));
        return new MonitorHost(
                new ResidentShells(
                        "monitors",
                        LOOP,
                        List.of(ResidentShells.setsid().toString(), Monitor.SCRIPT),
                        environment));
    }

    /// Begins what [Monitor] has written down in a bundle. Does not wait for it.
    ///
    /// @return to be closed when it has come up
    ResidentShells.Told begin(Path bundle) {
        return shells.tell(bundle.toString());
    }

    /// Ends them; what they have begun goes on.
    @Override
    public void close() {
        shells.close();
    }
}
