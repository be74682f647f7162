package io.meseta.model;

/// What names a task in the whole cluster: task ids are unique only within their framework.
public record TaskKey(FrameworkId framework, TaskId task) implements Comparable<TaskKey> {

    @Override
    public int compareTo(TaskKey other) {
        int order = framework.compareTo(other.framework);
        return order != 0 ? order : task.compareTo(other.task);
    }

    @Override
    public String toString() {
        return framework + "/" + task;
    }
}
