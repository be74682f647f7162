package io.meseta.runtime.plan;

import java.nio.file.Path;

/// Whose view of one kind of thing a container has.
public sealed interface Namespace {

    /// Its own.
    Namespace OWN = new Own();

    /// The machine's.
    Namespace MACHINE = new Machine();

    /// Its own, new.
    record Own() implements Namespace {}

    /// The machine's.
    record Machine() implements Namespace {}

    /// That of another container, which must run; of IPC, one that has its own.
    record Of(ContainerId container) implements Namespace {}

    /// One that somebody keeps at a path, as network plug-ins do.
    record At(Path path) implements Namespace {
        public At {
            Checks.require(path.isAbsolute(), "the namespace %s is not absolute", path);
        }
    }
}
