package io.meseta.model;

/// A task's id, chosen by its framework and unique within it while the task lives: see [TaskKey].
public record TaskId(String value) implements Comparable<TaskId> {

    public TaskId {
        Ids.check(value);
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
