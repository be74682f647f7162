package io.meseta.runtime.quota;

import java.nio.file.Path;
import java.util.SortedMap;

/// Limits on directories with all that is made in them, kept by their file system. Each directory
/// has a number, its project, which what is made in it inherits. All trouble is a
/// [io.meseta.runtime.state.RuntimeFault].
public interface DirectoryQuotas {

    /// What a project takes and may take.
    ///
    /// @param hardBytes 0 for no limit
    record Share(long usedBytes, long hardBytes) {}

    /// Counts a directory from now on. Nobody else may have it yet, and but for a few files of its
    /// own it is empty: what is in a directory below it is not counted.
    ///
    /// @param project its number, which nothing else on the file system has
    /// @param hardBytes what can't be exceeded by any write; 0 for no limit
    void begin(Path directory, long project, long hardBytes) throws InterruptedException;

    /// Lets go of the limit; what is still there stays counted until it is deleted.
    void end(long project) throws InterruptedException;

    /// All projects of the file system that have anything, whoever made them.
    SortedMap<Long, Share> shares() throws InterruptedException;
}
