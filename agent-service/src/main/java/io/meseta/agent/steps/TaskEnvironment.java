package io.meseta.agent.steps;

import io.meseta.agent.core.executor.AgentExecutor;
import io.meseta.agent.core.task.AgentTask;
import io.meseta.agent.core.task.Home;
import io.meseta.agent.launch.Account;
import io.meseta.model.AgentId;
import io.meseta.model.FrameworkId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The whole environment of a task, or of an executor: little of the machine's, nothing of the
/// agent's, all of its own.
final class TaskEnvironment {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> INHERITED = List.of("LANG", "LC_ALL", "TZ");

    private TaskEnvironment() {}

    /// What tasks and executors are told alike.
    ///
    /// @param endpoint the agent's `host:port`
    /// @param shown the sandbox as the task sees it
    /// @param hasImage whether its files are not the machine's
    record Basics(
            AgentId agent,
            String endpoint,
            Path sandbox,
            Account account,
            String shown,
            boolean hasImage) {}

    static SequencedMap<String, String> of(AgentTask task, CommandTask command, Basics basics) {
        var environment = basic(task.key().framework(), basics);
        var executor =
                task.spec()
                        .home()
                        .executorKey()
                        .map(key -> key.executor().value())
                        .orElse(task.key().task().value());
        environment.put("MESOS_TASK_ID", task.key().task().value());
        environment.put("MESOS_EXECUTOR_ID", executor);
        if (task.spec().home() instanceof Home.Grouped)
            environment.put("MESOS_CONTAINER_IP", host(basics.endpoint()));
        environment.putAll(command.variables());
        // Last, since all that a task leaves behind is found by it.
        environment.put("MESETA_CONTAINER", task.container().toString());
        return environment;
    }

    static SequencedMap<String, String> of(
            AgentExecutor executor, CommandTask command, Basics basics, ExecutorPatience patience) {
        var environment = basic(executor.key().framework(), basics);
        environment.put("MESOS_EXECUTOR_ID", executor.key().executor().value());
        environment.put("MESOS_SLAVE_PID", "slave(1)@" + basics.endpoint());
        environment.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
        environment.put("MESOS_RECOVERY_TIMEOUT", ExecutorPatience.text(patience.recovery()));
        environment.put(
                "MESOS_SUBSCRIPTION_BACKOFF_MAX", ExecutorPatience.text(patience.reregistration()));
        environment.put(
                "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD",
                ExecutorPatience.text(executor.spec().patience()));
        environment.put("LIBPROCESS_PORT", "0");
        environment.put("LIBPROCESS_IP", host(basics.endpoint()));
        patience.token(executor)
                .ifPresent(token -> environment.put("MESOS_EXECUTOR_AUTHENTICATION_TOKEN", token));
        environment.putAll(command.variables());
        environment.put("MESETA_CONTAINER", executor.container().toString());
        return environment;
    }

    private static SequencedMap<String, String> basic(FrameworkId framework, Basics basics) {
        var machine = System.getenv();
        var account = basics.account();
        var environment = new LinkedHashMap<String, String>();
        if (!basics.hasImage()) {
            environment.put("PATH", Optional.ofNullable(machine.get("PATH")).orElse(PATH));
            for (var name : INHERITED) copy(machine, name, environment);
            environment.put("HOME", account.home());
            environment.put("USER", account.name());
            environment.put("LOGNAME", account.name());
        }
        environment.put("MESOS_SANDBOX", basics.shown());
        environment.put("MESOS_DIRECTORY", basics.sandbox().toString());
        environment.put("MESOS_FRAMEWORK_ID", framework.value());
        environment.put("MESOS_AGENT_ID", basics.agent().value());
        environment.put("MESOS_SLAVE_ID", basics.agent().value());
        environment.put("MESOS_AGENT_ENDPOINT", basics.endpoint());
        environment.put("MESOS_CHECKPOINT", "1");
        return environment;
    }

    private static String host(String endpoint) {
        return endpoint.substring(0, endpoint.lastIndexOf(':'));
    }

    private static void copy(Map<String, String> from, String name, Map<String, String> to) {
        var value = from.get(name);
        if (value != null) to.put(name, value);
    }
}
