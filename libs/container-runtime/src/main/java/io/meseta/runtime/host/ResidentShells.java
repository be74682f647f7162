package io.meseta.runtime.host;

import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Some shells that stay, told in turn. One alone begins one process after the other, and waits
/// several times for a processor with each: on a busy machine everybody would wait for it.
public final class ResidentShells implements AutoCloseable {

    private static final int LEAST = 4;
    private static final int MOST = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<ResidentShell> shells;
    private final AtomicInteger told = new AtomicInteger();

    /// Starts them.
    ///
    /// @param name by which people find them among the processes
    /// @param loop reads lines, and never waits for what it begins
    /// @param arguments of the loop
    /// @throws RuntimeFault `MACHINE` if they can't be started
    public ResidentShells(
            String name, String loop, List<String> arguments, Map<String, String> environment) {
        int count = Math.clamp(2L * Runtime.getRuntime().availableProcessors(), LEAST, MOST);
        this.shells =
                Stream.generate(() -> new ResidentShell(name, loop, arguments, environment))
                        .limit(count)
                        .toList();
    }

    /// Where the `setsid` is that shells begin processes with.
    ///
    /// @throws RuntimeFault `UNSUPPORTED` where there is none, or none that can `--fork`
    public static Path setsid() {
        var found = Program.located("setsid");
        try {
            if (found.isPresent()) {
                var tried = List.of(found.get().toString(), "--fork", "true");
                if (Commands.run(PATIENCE, tried).isSuccess()) return found.get();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new RuntimeFault(
                Kind.UNSUPPORTED, "the program setsid of util-linux is needed, with its --fork");
    }

    /// Tells one of them a line, and another if that one dies meanwhile: so a line may be read
    /// twice, by which whatever it begins must not be done twice.
    ///
    /// @return to be closed when what was begun has shown itself, or is wanted no longer
    /// @throws RuntimeFault `MACHINE` if somebody has killed it and no other can be started
    public Told tell(String line) {
        var shell = shells.get(Math.floorMod(told.getAndIncrement(), shells.size()));
        shell.tell(line);
        return () -> shell.forget(line);
    }

    /// A line of which nobody knows yet whether it was read.
    @FunctionalInterface
    public interface Told extends AutoCloseable {

        @Override
        void close();
    }

    /// Ends them; what they have begun goes on.
    @Override
    public void close() {
        shells.forEach(ResidentShell::close);
    }
}
