package io.meseta.runtime.oci;

import io.meseta.runtime.host.Program;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A shell that stays, in the monitors' control groups, and begins the shell of each monitor there.
///
/// A process that goes into a group by itself waits for all processors of the machine to have
/// noticed, and everybody who starts or ends a process waits with it: 6 ms, for each container. And
/// this JVM takes 3 ms to start a process, a shell takes one.
final class MonitorHost implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    private final List<Path> groups;
    private @Nullable Process shell;

    /// @param groups files to write a process' number to
    MonitorHost(List<Path> groups) {
        this.groups = groups;
        this.shell = started();
    }

    /// Begins what [Monitor] has written down in a bundle. Does not wait for it.
    synchronized void begin(Path bundle) {
        try {
            tell(bundle);
        } catch (IOException _) {
            // Somebody has killed it.
            close();
            shell = started();
            try {
                tell(bundle);
            } catch (IOException failure) {
                throw new RuntimeFault(Kind.MACHINE, "no monitor can be started", failure);
            }
        }
    }

    private void tell(Path bundle) throws IOException {
        if (shell == null || !shell.isAlive()) throw new IOException("the monitors' shell is gone");
        shell.getOutputStream().write((bundle + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
    }

    private Process started() {
        var setsid =
                Program.located("setsid")
                        .orElseThrow(() ->
                                new RuntimeFault(Kind.UNSUPPORTED, "setsid(1) is not installed"));
        var builder =
                new ProcessBuilder(
                        "/bin/sh", "-c", LOOP, "monitors", setsid.toString(), Monitor.SCRIPT);
        builder.environment().clear();
        builder.environment()
                .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment()
                .put(
                        "MESETA_GROUPS",
                        String.join(" ", groups.stream().map(Path::toString).toList()));
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new RuntimeFault(Kind.MACHINE, "no monitor can be started", failure);
        }
    }

    /// Ends it; what it has begun goes on.
    @Override
    public synchronized void close() {
        var ending = shell;
        shell = null;
        if (ending == null) return;
        try {
            ending.getOutputStream().close();
            if (ending.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) return;
        } catch (IOException _) {
            // It has ended.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        ending.destroyForcibly();
    }
}
