package io.meseta.cli;

import io.meseta.client.Agent;
import io.meseta.client.Master;
import io.meseta.mesos.v1.Task;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what a task has written.
@Command(
        name = "logs",
        description = "Shows what a task has written (of a service: logs --service NAME).",
        mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final long LOOK_MS = 250;

    /// While following a quiet task, the master is asked for its state each so many looks.
    private static final int LOOKS_PER_STATE = 8;

    @Mixin private ClusterChoice cluster = new ClusterChoice();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until the task ends.")
    private boolean isFollowing;

    @Option(names = "--stderr", description = "Shows stderr in place of stdout.")
    private boolean isErr;

    @Parameters(paramLabel = "ID", description = "The task's id, or FRAMEWORK/ID.")
    private String id = "";

    LogsCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var master = cluster.master()) {
            var task = Tasks.of(master).named(id);
            var endpoint =
                    Tasks.agentOf(master.agents(), task.getAgentId())
                            .orElseThrow(
                                    () -> new Refusal("the agent that ran " + id + " has left"));
            try (var agent = master.agent(task.getAgentId(), endpoint, ClusterChoice.TIMEOUT)) {
                show(master, agent, task);
            }
            return 0;
        }
    }

    private void show(Master master, Agent agent, Task task)
            throws IOException, InterruptedException {
        var sandbox = agent.sandbox(task.getFrameworkId(), task.getTaskId());
        if (sandbox.isEmpty()) {
            throw new Refusal("the agent no longer has the sandbox of " + id);
        }
        var file = sandbox.get() + (isErr ? "/stderr" : "/stdout");
        // Not System.out: it hides that nobody reads any more.
        var tail = new OutputTail(agent, file, new FileOutputStream(FileDescriptor.out));
        boolean isOver = !isFollowing || Tasks.isTerminal(task.getState());
        int quietLooks = 0;
        while (true) {
            if (tail.copy()) {
                continue;
            }
            if (isOver) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            quietLooks++;
            if (quietLooks % LOOKS_PER_STATE == 0) {
                isOver = Tasks.isTerminal(Tasks.of(master).named(Tasks.fullName(task)).getState());
            }
        }
    }
}
