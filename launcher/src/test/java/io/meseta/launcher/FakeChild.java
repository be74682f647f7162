package io.meseta.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.Task;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.master.Call;
import io.meseta.mesos.v1.master.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A process that looks, to the launcher, like a master or an agent: it listens where it is told,
/// says that it is ready, and, as a master, knows tasks that end when they are killed.
///
/// Started as `java -jar`, with the flags of the real services. A file `tasks` in the directory of
/// its jar names the tasks, one a line; `broken` there makes an agent end at once.
public final class FakeChild {

    private static final Map<String, TaskState> TASKS = new ConcurrentSkipListMap<>();

    private FakeChild() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if ("onRefresh".equals(System.getProperty("spring.context.exit"))) {
            return;
        }
        if (arguments[0].equals("secrets")) {
            makeSecrets(Path.of(arguments[2]));
            return;
        }
        var flags =
                Stream.of(arguments)
                        .map(argument -> argument.substring(2).split("=", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        var home = Path.of(System.getProperty("java.class.path")).resolveSibling("");
        boolean isAgent = flags.containsKey("meseta.agent.work-dir");
        if (isAgent && Files.exists(home.resolve("broken"))) {
            System.out.println("This agent is broken.");
            System.exit(7);
        }
        boolean isGateway = flags.containsKey("meseta.gateway.masters");
        if (!isAgent && !isGateway && !System.getenv().containsKey("SPRING_DATASOURCE_PASSWORD")) {
            System.exit(8);
        }
        if (Files.exists(home.resolve("tasks"))) {
            Files.readAllLines(home.resolve("tasks"))
                    .forEach(task -> TASKS.put(task, TaskState.TASK_RUNNING));
        }
        var address =
                new InetSocketAddress(
                        flags.get("server.address"), Integer.parseInt(flags.get("server.port")));
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/actuator/health/readiness", exchange -> send(exchange, 200, ""));
        server.createContext(
                "/auth/oauth2/token",
                exchange -> {
                    System.out.println(
                            "token for " + exchange.getRequestHeaders().getFirst("Authorization"));
                    send(exchange, 200, "{\"access_token\":\"t1\",\"expires_in\":600}");
                });
        server.createContext("/api/v1", FakeChild::operator);
        server.createContext(
                "/api/meseta/v1/tasks/",
                exchange -> {
                    var name = exchange.getRequestURI().getPath().replaceAll(".*/|:kill$", "");
                    TASKS.put(name, TaskState.TASK_KILLED);
                    System.out.println("killed " + name);
                    send(exchange, 202, "");
                });
        server.start();
        System.out.println("up " + String.join(" ", arguments));
        new CountDownLatch(1).await();
    }

    private static void makeSecrets(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var name : List.of("administrator-password", "meseta-cli.secret", "bootstrap.json")) {
            Files.writeString(directory.resolve(name), "made by " + ProcessHandle.current().pid());
        }
    }

    private static void operator(HttpExchange exchange) throws IOException {
        System.out.println("by " + exchange.getRequestHeaders().getFirst("Authorization"));
        var call = Call.parseFrom(exchange.getRequestBody().readAllBytes());
        var response = Response.newBuilder();
        if (call.getType() == Call.Type.GET_TASKS) {
            TASKS.forEach(
                    (name, state) -> response.getGetTasksBuilder().addTasks(task(name, state)));
            response.getGetTasksBuilder();
        } else {
            for (int agent = 0; agent < 9; agent++) {
                response.getGetAgentsBuilder()
                        .addAgentsBuilder()
                        .setActive(true)
                        .setVersion("")
                        .setAgentInfo(AgentInfo.newBuilder().setHostname("localhost"));
            }
        }
        try (exchange) {
            var bytes = response.build().toByteArray();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Task task(String name, TaskState state) {
        return Task.newBuilder()
                .setName(name)
                .setTaskId(TaskID.newBuilder().setValue(name))
                .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                .setAgentId(AgentID.newBuilder().setValue("a"))
                .setState(state)
                .build();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }
}
