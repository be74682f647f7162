package io.meseta.runtime.oci;

import io.meseta.runtime.host.Commands;
import io.meseta.runtime.host.Commands.Outcome;
import io.meseta.runtime.host.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The two programs that containers are run by.
///
/// @param home the runtime's directory
/// @param roots see [io.meseta.runtime.RuntimeSettings]
/// @param patience how long one call may take
record OciTools(Program runtime, Program monitor, Path home, Path roots, Duration patience) {

    /// Where the runtime keeps what it knows.
    Path state() {
        return home.resolve("state");
    }

    /// With a runtime that another process had chosen for a container.
    OciTools with(Path runtime) {
        if (runtime.equals(this.runtime.path())) return this;
        var former = new Program(runtime.getFileName().toString(), runtime, null, null);
        return new OciTools(former, monitor, home, roots, patience);
    }

    OciTools mounting(Path roots) {
        return new OciTools(runtime, monitor, home, roots, patience);
    }

    List<String> command(String... arguments) {
        var command = new ArrayList<String>();
        command.add(runtime.path().toString());
        command.add("--root");
        command.add(state().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    Outcome call(String... arguments) throws InterruptedException {
        return Commands.run(patience, command(arguments));
    }

    @Override
    public String toString() {
        return "%s under %s".formatted(runtime, monitor);
    }
}
