package io.meseta.endtoend.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.client.json.Json;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A cluster that knows its callers, as `./meseta up` starts it and watches over it: whoever dies
/// is started again by the launcher.
public final class SecureCluster implements AutoCloseable {

    /// For whatever a loaded machine of two cores may be slow at.
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration UP_MAX = Duration.ofMinutes(5);
    private static final Duration CALL_MAX = Duration.ofSeconds(60);
    private static final Duration PROBE_MAX = Duration.ofSeconds(5);

    private final Installation meseta;
    private final Path data;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PROBE_MAX)
                    .build();

    private SecureCluster(Installation meseta, Path data) {
        this.meseta = meseta;
        this.data = data;
    }

    /// One that a guide's reader is yet to start, with one agent.
    public static SecureCluster installed(String name) {
        var meseta = Installation.make(name, 1);
        return new SecureCluster(meseta, meseta.defaultData());
    }

    /// A guide, with this cluster's ports in place of those that a reader has.
    public Guide guide(String name) {
        var ports = String.join(" ", meseta.portOptions());
        return Guide.read(
                name,
                new Guide.Reader(
                        meseta.home(),
                        meseta.logDirectory(),
                        Map.of(
                                "./meseta up --detach",
                                "./meseta up --detach --agents=1 " + ports,
                                "http://127.0.0.1:8080",
                                gateway())));
    }

    /// Starts all of it and waits until it is up.
    public static SecureCluster up(String name, int masters, int agents) {
        var meseta = Installation.make(name, masters, agents);
        var cluster = new SecureCluster(meseta, meseta.data());
        try {
            var up =
                    cluster.run(
                            "up",
                            "--detach",
                            "--masters=" + masters,
                            "--agents=" + agents,
                            "--port-base=" + meseta.portBase());
            assertThat(up.code()).as(up.output()).isZero();
            return cluster;
        } catch (RuntimeException | AssertionError failure) {
            cluster.abandon();
            throw failure;
        }
    }

    public Installation installation() {
        return meseta;
    }

    /// Where the cluster keeps everything.
    public Path data() {
        return data;
    }

    /// The one door's address.
    public String gateway() {
        return meseta.gateway();
    }

    /// The Authorization header of the first administrator.
    public String admin() {
        return basic("admin", secret("administrator-password"));
    }

    /// What one of the files of secrets holds.
    public String secret(String file) {
        try {
            return Files.readString(data.resolve("secrets").resolve(file)).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String basic(String name, String secret) {
        var pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /// Makes a user, whose password is [#password].
    public void addUser(String name) {
        make("/auth/v1/users", credentials(name));
    }

    /// Long, and another for everybody.
    public static String password(String name) {
        return name + " has a long secret of 2026";
    }

    /// Signs a user in.
    public Session session(String name) {
        var answer = send("POST", "/auth/v1/sessions", "", credentials(name));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var json = json(answer.body());
        return new Session(
                json.textOf("access_token").orElseThrow(),
                json.textOf("refresh_token").orElseThrow());
    }

    /// A user's, of the kind that browsers and people have.
    public record Session(String token, String refreshToken) {

        /// As an Authorization header.
        public String bearer() {
            return "Bearer " + token;
        }
    }

    private static String credentials(String name) {
        return "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, password(name));
    }

    /// Makes a service account and writes its secret into a file.
    public Path addAccount(String name) {
        var made = make("/auth/v1/service-accounts", "{\"name\": \"%s\"}".formatted(name));
        try {
            var secret = json(made).textOf("secret").orElseThrow();
            return Files.writeString(data.resolve(name + ".secret"), secret);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void addGroup(String name, String member) {
        make(
                "/auth/v1/groups",
                "{\"name\": \"%s\", \"members\": [\"%s\"]}".formatted(name, member));
    }

    public void addPolicy(String name, String text) {
        var quoted = Json.text(text).print();
        make("/auth/v1/policies", "{\"name\": \"%s\", \"text\": %s}".formatted(name, quoted));
    }

    private String make(String path, String body) {
        var answer = send("POST", path, admin(), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    /// Through the gateway, as whoever `authorization` says; as nobody if that is empty.
    public HttpResponse<String> get(String path, String authorization) {
        return at(gateway() + path, authorization);
    }

    /// The same, at any address.
    public HttpResponse<String> at(String address, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(CALL_MAX);
        if (!authorization.isEmpty()) request.header("Authorization", authorization);
        return send(request.build());
    }

    /// A request with a body of JSON through the gateway.
    public HttpResponse<String> send(
            String method, String path, String authorization, String body, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create(gateway() + path))
                        .timeout(CALL_MAX)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) request.header("Authorization", authorization);
        if (headers.length > 0) request.headers(headers);
        return send(request.build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(request.uri() + " does not answer", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public static Json json(String text) {
        try {
            return Json.parse(text);
        } catch (io.meseta.client.json.MalformedJson broken) {
            throw new AssertionError(text, broken);
        }
    }

    /// The name of the master that leads.
    public String leader() {
        return Await.within(PATIENCE)
                .value(
                        "a master leads",
                        () ->
                                record().itemsOf("children").stream()
                                        .filter(child -> name(child).startsWith("master"))
                                        .filter(this::leads)
                                        .map(SecureCluster::name)
                                        .findFirst());
    }

    private boolean leads(Json master) {
        var address = master.textOf("url").orElseThrow() + "/metrics/snapshot";
        return at(address, admin()).body().contains("\"master/elected\":1.0");
    }

    /// Ends one of the launcher's children as the kernel does when memory is short (`kill -9`).
    ///
    /// @return which process it was
    public long kill(String child) {
        long pid = pid(child);
        var victims = new ArrayList<ProcessHandle>();
        ProcessHandle.of(pid).ifPresent(victims::add);
        // As when its machine loses power: none of its processes has time to tidy up.
        if (child.equals("postgres")) {
            Traces.of(data.resolve("postgres/data")).forEach(trace -> victims.add(trace.process()));
        }
        victims.forEach(ProcessHandle::destroyForcibly);
        Await.shortly()
                .until(
                        child + " has ended",
                        () -> victims.stream().noneMatch(ProcessHandle::isAlive));
        return pid;
    }

    /// Makes one of the launcher's children stand still (`kill -STOP`): it is there, and answers
    /// nobody.
    public void pause(String child) {
        signal("STOP", child);
    }

    /// Lets a child go on that stands still.
    public void resume(String child) {
        signal("CONT", child);
    }

    private void signal(String signal, String child) {
        try {
            var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid(child)));
            assertThat(kill.inheritIO().start().waitFor()).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// Waits until the launcher has started a child again and it is ready.
    ///
    /// @param was the process that has ended
    public void awaitAgain(String child, long was) {
        Await.within(PATIENCE).until(child + " is started again", () -> pid(child) != was);
        var url = child(child).textOf("url").orElseThrow();
        // PostgreSQL speaks no HTTP: those who need it show whether it is there.
        if (url.startsWith("http")) {
            Await.within(PATIENCE)
                    .until(
                            child + " is ready",
                            () -> at(url + "/actuator/health/readiness", "").statusCode() == 200);
        }
    }

    private long pid(String child) {
        return child(child).member("process").flatMap(json -> json.longOf("pid")).orElseThrow();
    }

    private Json child(String name) {
        return record().itemsOf("children").stream()
                .filter(child -> name(child).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no " + name));
    }

    private static String name(Json child) {
        return child.textOf("name").orElse("");
    }

    private Json record() {
        try {
            return json(Files.readString(data.resolve("run.json")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Runs a command of this cluster to its end.
    public Installation.Outcome run(String... arguments) {
        return meseta.run(arguments[0].equals("up") ? UP_MAX : CALL_MAX, with(arguments));
    }

    /// Starts a command of this cluster and leaves it running.
    public Program start(String... arguments) {
        return meseta.start(with(arguments));
    }

    /// The data directory goes right after the command's name.
    private String[] with(String... arguments) {
        var all = new ArrayList<String>();
        Collections.addAll(all, arguments);
        all.addAll(1, List.of("--data", data.toString()));
        return all.toArray(String[]::new);
    }

    /// The last words of every service, for a reader of a failure.
    public String logs() {
        var text = new StringBuilder(meseta.logs());
        try (var files = Files.list(data.resolve("logs"))) {
            for (var file : files.sorted().toList()) {
                var lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
                text.append("--- ").append(file).append('\n');
                lines.subList(Math.max(0, lines.size() - 40), lines.size())
                        .forEach(line -> text.append(line).append('\n'));
            }
        } catch (IOException failure) {
            text.append(failure);
        }
        return text.toString();
    }

    /// Beyond the test's end, for a reader of a failure.
    private void keepLogs() {
        if (!Files.isDirectory(data.resolve("logs"))) return;
        try (var files = Files.list(data.resolve("logs"))) {
            for (var file : files.toList()) {
                var kept = meseta.logDirectory().resolve(file.getFileName());
                Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep the logs", failure);
        }
    }

    /// Stops all of it as a user does, and fails if anything is left.
    @Override
    public void close() {
        try {
            if (!Files.exists(data.resolve("run.json"))) return;
            var down = run("down");
            assertThat(down.code()).as(down.output()).isZero();
            Await.shortly().passes("nothing is left", () -> assertThat(meseta.traces()).isEmpty());
        } finally {
            abandon();
        }
    }

    private void abandon() {
        http.close();
        keepLogs();
        meseta.close();
    }
}
