package io.meseta.master.engine;

/// Sees each line of a commit go by, on the writer's thread, which stands still meanwhile: so a
/// test stops a leader between any two lines.
@FunctionalInterface
public interface CommitWatch {

    void reached(CommitLine line);
}
