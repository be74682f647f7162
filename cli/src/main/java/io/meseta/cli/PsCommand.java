package io.meseta.cli;

import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists tasks.
@Command(
        name = "ps",
        description = "Lists the tasks of all frameworks.",
        mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ClusterChoice cluster = new ClusterChoice();

    @Option(
            names = {"-a", "--all"},
            description = "Also those that have ended.")
    private boolean isAll;

    PsCommand() {}

    @Override
    public Integer call() {
        try (var master = cluster.master()) {
            var tasks = Tasks.of(master);
            var hosts = new HashMap<AgentID, String>();
            for (var agent : master.agents().getAgentsList()) {
                var info = agent.getAgentInfo();
                hosts.put(info.getId(), info.getHostname() + ":" + info.getPort());
            }
            var table = new Table(List.of("ID", "FRAMEWORK", "STATE", "AGENT", "AGE", "NAME"));
            var shown = new ArrayList<Task>(tasks.live());
            if (isAll) {
                shown.addAll(tasks.past());
            }
            shown.forEach(task -> table.add(row(task, hosts)));
            table.print(spec.commandLine().getOut());
            return 0;
        }
    }

    private static List<String> row(Task task, Map<AgentID, String> hosts) {
        var agent = task.getAgentId();
        return List.of(
                task.getTaskId().getValue(),
                task.getFrameworkId().getValue(),
                task.getState().name(),
                hosts.getOrDefault(agent, agent.getValue()),
                age(task, Instant.now()),
                task.getName());
    }

    /// How long ago the task was first heard of, in the largest unit that leaves a whole number.
    static String age(Task task, Instant now) {
        if (task.getStatusesCount() == 0 || !task.getStatuses(0).hasTimestamp()) {
            return "-";
        }
        var first = Instant.ofEpochMilli((long) (task.getStatuses(0).getTimestamp() * 1000));
        var age = Duration.between(first, now);
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toDays() > 0) {
            return age.toDays() + "d";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
    }
}
