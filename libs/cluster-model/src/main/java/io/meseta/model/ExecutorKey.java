package io.meseta.model;

/// What names an executor on one agent: executor ids are unique only within their framework.
public record ExecutorKey(FrameworkId framework, ExecutorId executor)
        implements Comparable<ExecutorKey> {

    @Override
    public int compareTo(ExecutorKey other) {
        int order = framework.compareTo(other.framework);
        return order != 0 ? order : executor.compareTo(other.executor);
    }

    @Override
    public String toString() {
        return framework + "/" + executor;
    }
}
