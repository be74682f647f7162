package io.meseta.agent.core.step;

import io.meseta.model.ExecutorKey;
import io.meseta.model.TaskKey;

/// What a process is run for.
public sealed interface Subject extends Comparable<Subject> {

    record OfTask(TaskKey key) implements Subject {
        @Override
        public String toString() {
            return "task " + key;
        }
    }

    record OfExecutor(ExecutorKey key) implements Subject {
        @Override
        public String toString() {
            return "executor " + key;
        }
    }

    static Subject of(TaskKey key) {
        return new OfTask(key);
    }

    static Subject of(ExecutorKey key) {
        return new OfExecutor(key);
    }

    /// Executors first.
    @Override
    default int compareTo(Subject other) {
        return switch (this) {
            case OfExecutor(var key) ->
                    other instanceof OfExecutor(var its) ? key.compareTo(its) : -1;
            case OfTask(var key) -> other instanceof OfTask(var its) ? key.compareTo(its) : 1;
        };
    }
}
