package io.meseta.runtime.kit;

import io.meseta.runtime.state.ContainerEnd;

/// What came of a container that was run to its end and removed.
public record Ran(ContainerEnd end, String output, String error) {

    /// The exit code; -1 where a signal ended it.
    public int code() {
        return end instanceof ContainerEnd.Exited(var code, _) ? code : -1;
    }
}
