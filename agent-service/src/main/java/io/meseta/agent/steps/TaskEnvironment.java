package io.meseta.agent.steps;

import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.launch.Account;
import io.meseta.model.AgentId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The whole environment of a task: little of the machine's, nothing of the agent's, all of its
/// own.
final class TaskEnvironment {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> INHERITED = List.of("LANG", "LC_ALL", "TZ");

    private TaskEnvironment() {}

    /// @param endpoint the agent's `host:port`
    static SequencedMap<String, String> of(
            AgentTask task,
            CommandTask command,
            AgentId agent,
            String endpoint,
            Path sandbox,
            Account account) {
        var machine = System.getenv();
        var environment = new LinkedHashMap<String, String>();
        environment.put("PATH", Optional.ofNullable(machine.get("PATH")).orElse(PATH));
        for (var name : INHERITED) copy(machine, name, environment);
        environment.put("HOME", account.home());
        environment.put("USER", account.name());
        environment.put("LOGNAME", account.name());
        environment.put("MESOS_SANDBOX", sandbox.toString());
        environment.put("MESOS_DIRECTORY", sandbox.toString());
        environment.put("MESOS_FRAMEWORK_ID", task.key().framework().value());
        environment.put("MESOS_TASK_ID", task.key().task().value());
        environment.put("MESOS_EXECUTOR_ID", task.key().task().value());
        environment.put("MESOS_AGENT_ID", agent.value());
        environment.put("MESOS_SLAVE_ID", agent.value());
        environment.put("MESOS_AGENT_ENDPOINT", endpoint);
        environment.put("MESOS_CHECKPOINT", "1");
        environment.putAll(command.variables());
        // Last, since all that a task leaves behind is found by it.
        environment.put("MESETA_CONTAINER", task.container().toString());
        return environment;
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to) {
        var value = from.get(name);
        if (value != null) to.put(name, value);
    }
}
