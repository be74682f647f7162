package io.meseta.agent.service;

import io.meseta.agent.AgentService;
import io.meseta.platform.start.ServiceStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/// An agent inside the test's own process.
final class RunningAgent implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path work;
    private final Leftovers leftovers;
    private final ConfigurableApplicationContext context;

    private RunningAgent(Path work, Leftovers leftovers, ConfigurableApplicationContext context) {
        this.work = work;
        this.leftovers = leftovers;
        this.context = context;
    }

    static RunningAgent start(Path work, FakeMaster master, String... more) {
        var arguments = arguments(work, master, List.of(more)).toArray(String[]::new);
        var leftovers = LeavesNothing.begin(work);
        try {
            return new RunningAgent(
                    work, leftovers, ServiceStart.run(AgentService.class, arguments));
        } catch (RuntimeException refused) {
            LeavesNothing.end(work);
            throw refused;
        }
    }

    /// What an agent is started with, in this process or in another.
    ///
    /// @param more take the place of what all tests have
    static List<String> arguments(Path work, FakeMaster master, List<String> more) {
        var arguments = new ArrayList<>(arguments(work, master));
        // Of a setting that comes twice both values would count.
        for (var each : more)
            arguments.removeIf(
                    argument -> argument.startsWith(each.substring(0, each.indexOf('=') + 1)));
        arguments.addAll(more);
        return arguments;
    }

    static List<String> arguments(Path work, FakeMaster master) {
        return List.of(
                "--meseta.open=true",
                "--meseta.agent.work-dir=" + work,
                "--meseta.agent.masters=" + master.uri(),
                "--meseta.agent.resources=cpus:4;mem:4096;disk:8192;ports:[31000-32000]",
                "--meseta.agent.attributes=rack:r1;zone:z1;num:5",
                "--meseta.agent.containers.use=never",
                "--meseta.agent.link.backoff-min=20ms",
                "--meseta.agent.link.backoff-max=200ms",
                "--server.port=0",
                "--logging.level.root=WARN");
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    HttpResponse<String> call(String json) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri("/api/v1"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /// Waits until nothing is left of tasks that have ended.
    void awaitNoTasks() {
        leftovers.awaitNoTasks();
    }

    /// Ends all tasks of the test's framework, and then the agent.
    void end(FakeMaster master) {
        master.isAcknowledging = true;
        master.shutdownFramework();
        awaitNoTasks();
        close();
    }

    @Override
    public void close() {
        context.close();
        LeavesNothing.end(work);
    }
}
