package io.meseta.agent.core.task;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// How far a task has come, and the only moves there are.
///
/// ```
/// ORDERED ─► LAUNCHING ─► RUNNING ─► ENDED
///    │           │           │         ▲
///    │           └────►  KILLING  ─────┤
///    └─────────────────────────────────┘
/// ```
///
/// From every stage a task may end. An ended task stays until its last update is acknowledged.
public enum Stage {
    /// Persisted. Its sandbox is made and its files are fetched.
    ORDERED,
    /// Ready to start; a process may already be there.
    LAUNCHING,
    /// Its process has been seen.
    RUNNING,
    /// It was told to end; a deadline runs.
    KILLING,
    /// Nothing of it runs any more.
    ENDED;

    private static final Map<Stage, Set<Stage>> MOVES = new EnumMap<>(Stage.class);

    static {
        MOVES.put(ORDERED, EnumSet.of(LAUNCHING, ENDED));
        MOVES.put(LAUNCHING, EnumSet.of(RUNNING, KILLING, ENDED));
        MOVES.put(RUNNING, EnumSet.of(KILLING, ENDED));
        MOVES.put(KILLING, EnumSet.of(ENDED));
        MOVES.put(ENDED, EnumSet.noneOf(Stage.class));
    }

    public boolean mayBecome(Stage next) {
        return MOVES.getOrDefault(this, Set.of()).contains(next);
    }
}
