package io.meseta.master.records;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.task.Task;
import io.meseta.master.views.ClusterView;
import io.meseta.model.FrameworkId;
import io.meseta.model.Role;
import io.meseta.model.TaskId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Records a page at a time, in the order of their ids.
final class Pages {

    private Pages() {}

    /// @param next what to ask for as `after` to get the next page; empty on the last one
    @Schema(name = "Agents")
    record AgentPage(List<AgentRecord> agents, String next) {}

    /// @param next as of agents
    @Schema(name = "Frameworks")
    record FrameworkPage(List<FrameworkRecord> frameworks, String next) {}

    /// @param next as of agents
    @Schema(name = "Tasks")
    record TaskPage(List<TaskRecord> tasks, String next) {}

    /// @param next as of agents
    @Schema(name = "Roles")
    record RolePage(List<RoleRecord> roles, String next) {}

    /// Some things of which there may be more.
    private record Part<T>(List<T> shown, String next) {}

    static AgentPage agents(ClusterView view, int limit, String after) {
        var found =
                view.agents()
                        .dropWhile(agent -> agent.id().value().compareTo(after) <= 0)
                        .limit(limit + 1L)
                        .toList();
        var part = cut(found, limit, agent -> agent.id().value());
        return new AgentPage(
                part.shown().stream()
                        .map(agent -> RecordWriting.agent(agent, view.cluster()))
                        .toList(),
                part.next());
    }

    static FrameworkPage frameworks(ClusterView view, int limit, String after) {
        var found =
                view.frameworks()
                        .dropWhile(framework -> framework.id().value().compareTo(after) <= 0)
                        .limit(limit + 1L)
                        .toList();
        var part = cut(found, limit, framework -> framework.id().value());
        return new FrameworkPage(
                part.shown().stream()
                        .map(framework -> RecordWriting.framework(framework, view.cluster()))
                        .toList(),
                part.next());
    }

    static RolePage roles(ClusterView view, int limit, String after) {
        var usage = view.cluster().roleUsage();
        var found =
                usage.roles().stream()
                        .filter(view.visibility()::shows)
                        .dropWhile(role -> role.name().compareTo(after) <= 0)
                        .limit(limit + 1L)
                        .toList();
        var part = cut(found, limit, Role::name);
        return new RolePage(
                part.shown().stream()
                        .map(role -> RoleRecord.of(role, view.cluster().roles(), usage))
                        .toList(),
                part.next());
    }

    /// Also those that have ended, as far as they are remembered.
    static TaskPage tasks(ClusterView view, int limit, String after) {
        var found = new ArrayList<Task>();
        for (var framework : frameworksFrom(view.cluster(), after)) {
            for (var task : tasks(view, framework)) {
                if (found.size() > limit) break;
                if (isAfter(task, after)) found.add(task);
            }
            if (found.size() > limit) break;
        }
        var part = cut(found, limit, task -> task.key().toString());
        return new TaskPage(
                part.shown().stream()
                        .map(task -> RecordWriting.task(task, view.cluster()))
                        .toList(),
                part.next());
    }

    private static <T> Part<T> cut(List<T> found, int limit, Function<T, String> place) {
        if (found.size() <= limit) return new Part<>(found, "");
        var shown = found.subList(0, limit);
        return new Part<>(shown, place.apply(shown.getLast()));
    }

    /// Frameworks with tasks, also those that are gone.
    private static Collection<FrameworkId> frameworksFrom(Cluster cluster, String after) {
        var first = framework(after);
        var ids = new TreeSet<FrameworkId>(cluster.frameworks().keySet());
        ids.addAll(cluster.completed().tasks().keySet());
        ids.removeIf(id -> id.value().compareTo(first) < 0);
        return ids;
    }

    /// Of several with one id, the one that has not ended, or the newest.
    private static Collection<Task> tasks(ClusterView view, FrameworkId framework) {
        var tasks = new TreeMap<TaskId, Task>();
        view.completedTasksOf(framework).forEach(task -> tasks.put(task.key().task(), task));
        view.tasksOf(framework).forEach(task -> tasks.put(task.key().task(), task));
        return tasks.values();
    }

    /// Ids hold no slash, so the first one parts the framework's from the task's.
    private static boolean isAfter(Task task, String place) {
        if (place.isEmpty()) return true;
        int slash = place.indexOf('/');
        var id = slash < 0 ? "" : place.substring(slash + 1);
        int order = task.key().framework().value().compareTo(framework(place));
        return order > 0 || (order == 0 && task.key().task().value().compareTo(id) > 0);
    }

    private static String framework(String place) {
        int slash = place.indexOf('/');
        return slash < 0 ? place : place.substring(0, slash);
    }
}
