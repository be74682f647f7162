package io.meseta.master.state;

import io.meseta.master.core.task.Task;
import io.meseta.model.TaskState;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How many tasks of one agent or framework are in which state, and with whom it has to do.
final class Counts {

    private final Map<TaskState, Long> byState = new EnumMap<>(TaskState.class);
    private final SortedSet<String> others = new TreeSet<>();

    static Counts at(SortedMap<String, Counts> all, String id) {
        return all.computeIfAbsent(id, _ -> new Counts());
    }

    /// @param other the framework on an agent, or the agent of a framework
    void add(Task task, String other) {
        byState.merge(task.state(), 1L, Long::sum);
        others.add(other);
    }

    long of(TaskState state) {
        return byState.getOrDefault(state, 0L);
    }

    Stream<String> others() {
        return others.stream();
    }
}
