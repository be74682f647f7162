package io.meseta.runtime.state;

import org.jspecify.annotations.Nullable;

/// What went wrong with a container. The message is for whoever started the task; it never holds a
/// value of the environment.
public final class RuntimeFault extends RuntimeException {

    /// Decides who can do something about it.
    public enum Kind {
        /// The plan wants what this runtime or machine can't do.
        UNSUPPORTED,
        /// There is already a container of that name.
        EXISTS,
        /// There is no such container, or it does not run.
        NOT_FOUND,
        /// The program or its directory is not in the container, or can't be run.
        NOT_STARTABLE,
        /// The runtime refused or failed.
        FAILED,
        /// The machine failed: disk, cgroups, mounts.
        MACHINE,
        /// It took longer than we wait.
        TIMED_OUT
    }

    private final Kind kind;

    public RuntimeFault(Kind kind, String message) {
        this(kind, message, null);
    }

    public RuntimeFault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
