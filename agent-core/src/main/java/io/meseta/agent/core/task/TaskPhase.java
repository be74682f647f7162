package io.meseta.agent.core.task;

import java.time.Instant;

/// A [Stage] with what is known only there.
public sealed interface TaskPhase {

    Stage stage();

    record Ordered() implements TaskPhase {
        @Override
        public Stage stage() {
            return Stage.ORDERED;
        }
    }

    record Launching() implements TaskPhase {
        @Override
        public Stage stage() {
            return Stage.LAUNCHING;
        }
    }

    /// `completeBy` is when its time is up.
    record Running(Instant completeBy) implements TaskPhase {
        @Override
        public Stage stage() {
            return Stage.RUNNING;
        }
    }

    /// `forceAt` is when politeness ends; `isForced` is true once it has.
    record Killing(KillMotive motive, Instant forceAt, boolean isForced) implements TaskPhase {
        @Override
        public Stage stage() {
            return Stage.KILLING;
        }
    }

    record Ended() implements TaskPhase {
        @Override
        public Stage stage() {
            return Stage.ENDED;
        }
    }
}
