package io.meseta.cli;

import io.meseta.client.Agent;
import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Task;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.master.Response.GetAgents;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The tasks that a master knows, at one moment, and how people name them.
///
/// @param live those that have not ended, or whose end is not yet acknowledged
/// @param past those that have ended, oldest first
record Tasks(List<Task> live, List<Task> past) {

    static Tasks of(Master master) {
        var answer = master.tasks();
        return new Tasks(
                Stream.of(answer.getTasksList(), answer.getUnreachableTasksList())
                        .flatMap(List::stream)
                        .toList(),
                answer.getCompletedTasksList());
    }

    /// The task of that name, `TASK` or `FRAMEWORK/TASK`. A live one is preferred to past ones.
    ///
    /// @throws Refusal when there is none, or when several frameworks have a task of that id
    Task named(String name) {
        var found = live.stream().filter(task -> isNamed(task, name)).toList();
        if (found.isEmpty()) {
            found = past.stream().filter(task -> isNamed(task, name)).toList().reversed();
        }
        if (found.isEmpty()) {
            throw new Refusal("unknown task " + name + ": ./meseta ps -a lists all");
        }
        var first = found.getFirst();
        var others =
                found.stream()
                        .filter(task -> !task.getFrameworkId().equals(first.getFrameworkId()));
        if (others.findAny().isPresent()) {
            var names = found.stream().map(Tasks::fullName).distinct().toList();
            throw new Refusal(
                    "several frameworks have a task "
                            + name
                            + "; say which: "
                            + String.join(", ", names));
        }
        return first;
    }

    static String fullName(Task task) {
        return task.getFrameworkId().getValue() + "/" + task.getTaskId().getValue();
    }

    static boolean isTerminal(TaskState state) {
        return switch (state) {
            case TASK_FINISHED,
                    TASK_FAILED,
                    TASK_KILLED,
                    TASK_ERROR,
                    TASK_LOST,
                    TASK_DROPPED,
                    TASK_GONE,
                    TASK_GONE_BY_OPERATOR ->
                    true;
            case TASK_STAGING,
                    TASK_STARTING,
                    TASK_RUNNING,
                    TASK_KILLING,
                    TASK_UNREACHABLE,
                    TASK_UNKNOWN ->
                    false;
        };
    }

    private static boolean isNamed(Task task, String name) {
        return task.getTaskId().getValue().equals(name) || fullName(task).equals(name);
    }

    /// Where the agent of that id is reached; empty when it has left.
    static Optional<Endpoint> agentOf(GetAgents agents, AgentID id) {
        return agents.getAgentsList().stream()
                .filter(agent -> agent.getAgentInfo().getId().equals(id))
                .map(Tasks::endpointOf)
                .findFirst();
    }

    /// An agent's `pid` holds the address that it is bound to, which is reachable even where its
    /// host name is not known to us: `slave(1)@127.0.0.1:5051`.
    private static Endpoint endpointOf(GetAgents.Agent agent) {
        var pid = agent.getPid();
        int at = pid.indexOf('@');
        if (at >= 0) {
            try {
                return Endpoint.parse(pid.substring(at + 1), Agent.PORT);
            } catch (IllegalArgumentException _) {
                return hostOf(agent);
            }
        }
        return hostOf(agent);
    }

    private static Endpoint hostOf(GetAgents.Agent agent) {
        var info = agent.getAgentInfo();
        return Endpoint.of(info.getHostname(), info.hasPort() ? info.getPort() : Agent.PORT);
    }
}
