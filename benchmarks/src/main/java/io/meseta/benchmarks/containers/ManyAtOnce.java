package io.meseta.benchmarks.containers;

import io.meseta.mesos.v1.TaskState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What containers that just run cost their agent, and how soon it has them again after it was
/// killed and started anew.
final class ManyAtOnce {

    private static final int IDLE_SECONDS = 60;

    /// What the starts have left to the JVM's compiler is not what containers cost that just run.
    private static final int SETTLING_SECONDS = 120;

    private static final Duration FOUND_MAX = Duration.ofMinutes(2);

    private final ContainerAgent agent;
    private final HttpClient http = HttpClient.newHttpClient();

    ManyAtOnce(ContainerAgent agent) {
        this.agent = agent;
    }

    void measure(int count) throws IOException, InterruptedException {
        double empty = restarted(0);
        long begun = System.nanoTime();
        for (int i = 0; i < count; i++)
            agent.master().launch(ContainerAgent.boxed("long-" + i, "/bin/sleep", "100000"));
        long last = agent.await(TaskState.TASK_RUNNING, count);
        System.out.printf("%d containers run after %.1f s%n", count, (last - begun) / 1e9);
        idle(count);
        double full = restarted(count);
        System.out.printf(
                "restart with %d containers: %.2f s from the start of the process until all are"
                        + " known to run, with none %.2f s: %.2f s for them (goal: 3)%n",
                count, full, empty, full - empty);
        System.out.printf("afterwards: %d MB%n", agent.megabytes());
        agent.master().endAll();
        agent.await(TaskState.TASK_KILLED, count);
    }

    private void idle(int count) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        double before = agent.cpuSeconds();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        double used = (agent.cpuSeconds() - before) / IDLE_SECONDS;
        System.out.printf(
                "%d containers running for %d s: the agent has %d MB (goal: 400) and uses %.2f %% of"
                        + " a core (goal: 2)%n",
                count, SETTLING_SECONDS, agent.megabytes(), 100 * used);
    }

    /// Seconds from the start of the new process until it says of all that they run.
    private double restarted(int count) throws IOException, InterruptedException {
        agent.service().kill();
        agent.master().forgetAgent();
        long begun = System.nanoTime();
        agent.service().restart();
        agent.master().awaitAgent();
        while (running() < count) {
            if (System.nanoTime() - begun > FOUND_MAX.toNanos())
                throw new IllegalStateException("they are not found again");
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /// Containers with a process, as the agent tells operators; -1 while its doors are shut.
    private int running() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(agent.service().endpoint().base() + "/api/v1"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"GET_CONTAINERS\"}"))
                        .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) return -1;
            return answer.body().split("\"executor_pid\"", -1).length - 1;
        } catch (IOException _) {
            return -1;
        }
    }
}
