package io.meseta.runtime.plan;

import java.nio.file.Path;
import java.util.List;

/// Where a container's `/` comes from.
public sealed interface Root {

    /// A directory that is the container's own. The runtime never removes it.
    record Directory(Path path) implements Root {
        public Directory {
            Checks.require(path.isAbsolute(), "the root %s is not absolute", path);
        }
    }

    /// Layers that are shared and only read, under a directory for what the container writes. The
    /// runtime mounts and unmounts them.
    ///
    /// @param lower the highest first; at least one
    /// @param writable the container's own, empty at first, on a file system that takes part in
    ///   overlays; the runtime makes `upper` and `work` in it and never removes it
    record Overlay(List<Path> lower, Path writable) implements Root {
        public Overlay {
            lower = List.copyOf(lower);
            Checks.require(!lower.isEmpty(), "an overlay without layers");
            for (var path : lower) Checks.require(path.isAbsolute(), "%s is not absolute", path);
            Checks.require(writable.isAbsolute(), "%s is not absolute", writable);
        }
    }

    /// The machine's own files, for tasks without an image: isolation of processes and resources,
    /// and none of files.
    record Machine() implements Root {}
}
