package io.meseta.auth.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.meseta.auth.AuthService;
import io.meseta.model.Opaque;
import io.meseta.testkit.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A whole auth-service on a port and a database of its own.
public final class TestAuth implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final ConfigurableApplicationContext context;
    private final TestDatabase database;
    private final FirstFiles files;
    private final HttpClient http = HttpClient.newHttpClient();
    private String administrator = "";

    private TestAuth(
            ConfigurableApplicationContext context, TestDatabase database, FirstFiles files) {
        this.context = context;
        this.database = database;
        this.files = files;
    }

    /// One that lasts as long as the tests.
    public static TestAuth shared() {
        return Shared.INSTANCE;
    }

    /// @param settings such as `meseta.auth.limits.bundle-hold=1s`
    public static TestAuth start(String... settings) {
        return start(TestDatabase.fresh(), freshFiles(), settings);
    }

    public static TestAuth start(TestDatabase database, FirstFiles files, String... settings) {
        var arguments = new ArrayList<>(files.arguments());
        for (var setting : settings) arguments.add("--" + setting);
        return new TestAuth(run(database, arguments), database, files);
    }

    /// Another process on the same database.
    public TestAuth another(String... settings) {
        return start(database, files, settings);
    }

    public static ConfigurableApplicationContext run(
            TestDatabase database, List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.add("--spring.datasource.url=" + database.jdbcUrl());
        all.add("--server.port=0");
        return new SpringApplication(AuthService.class).run(all.toArray(String[]::new));
    }

    public static FirstFiles freshFiles() {
        try {
            var directory = Files.createTempDirectory("meseta-auth");
            var files = FirstFiles.in(directory);
            Runtime.getRuntime()
                    .addShutdownHook(
                            Thread.ofPlatform()
                                    .unstarted(() -> {
                                        for (var each :
                                                List.of("seal", "bundle-key", "bootstrap")) {
                                            directory.resolve(each).toFile().delete();
                                        }
                                        directory.toFile().delete();
                                    }));
            return files;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static String freshName(String prefix) {
        return prefix + "-" + NAMES.incrementAndGet();
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public TestDatabase database() {
        return database;
    }

    public FirstFiles files() {
        return files;
    }

    /// As the service's own clock has it.
    public Instant now() {
        return context.getBean(InstantSource.class).instant();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + port(context) + path);
    }

    public static int port(ConfigurableApplicationContext context) {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return Objects.requireNonNull(server).getPort();
    }

    /// Sends what is said, with these headers: name, value, name, value, …
    public Reply send(String method, String path, String body, String... headers) {
        var request =
                HttpRequest.newBuilder(at(path))
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!body.isEmpty()) request.header("Content-Type", contentType(path));
        if (headers.length > 0) request.headers(headers);
        try {
            var answer = http.send(request.build(), BodyHandlers.ofByteArray());
            var known = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            answer.headers().map().forEach((name, values) -> known.put(name, values.getFirst()));
            return new Reply(answer.statusCode(), known, Opaque.of(answer.body()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String contentType(String path) {
        return path.equals("/auth/oauth2/token")
                ? "application/x-www-form-urlencoded"
                : "application/json";
    }

    /// As the administrator.
    public Reply admin(String method, String path, String body, String... headers) {
        var reply = authorized(method, path, body, headers);
        if (reply.status() != 401) return reply;
        // A test may have made all tokens void.
        administrator = "Bearer " + administratorsToken();
        return authorized(method, path, body, headers);
    }

    private Reply authorized(String method, String path, String body, String... headers) {
        var all = new ArrayList<String>(List.of(headers));
        if (!administrator.isEmpty()) all.addAll(List.of("Authorization", administrator));
        return send(method, path, body, all.toArray(String[]::new));
    }

    public String administratorsToken() {
        return signIn(FirstFiles.ADMIN, FirstFiles.PASSWORD).at("access_token");
    }

    public Reply signIn(String name, String password) {
        return send("POST", "/auth/v1/sessions", json(Map.of("name", name, "password", password)));
    }

    /// A user with a password in some groups, as a name.
    public String user(String password, String... groups) {
        var name = freshName("user");
        var made =
                admin("POST", "/auth/v1/users", json(Map.of("name", name, "password", password)));
        if (made.status() != 201) throw new AssertionError(made);
        for (var group : groups) join(group, name);
        return name;
    }

    public void join(String group, String member) {
        var known = admin("GET", "/auth/v1/groups/" + group, "");
        if (known.status() == 404) {
            var body = json(Map.of("name", group, "members", List.of(member)));
            var made = admin("POST", "/auth/v1/groups", body);
            if (made.status() != 201) throw new AssertionError(made);
            return;
        }
        var members = new ArrayList<String>();
        known.json().path("members").forEach(each -> members.add(each.asString()));
        members.add(member);
        var changed =
                admin(
                        "PUT",
                        "/auth/v1/groups/" + group,
                        json(Map.of("members", members)),
                        "If-Match",
                        known.header("ETag"));
        if (changed.status() != 200) throw new AssertionError(changed);
    }

    /// A token for a service account by its secret.
    public Reply token(String name, String secret) {
        return send(
                "POST",
                "/auth/oauth2/token",
                "grant_type=client_credentials",
                "Authorization",
                basic(name, secret));
    }

    public static String basic(String name, String secret) {
        var text = name + ":" + secret;
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    public static String json(Object value) {
        return tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(value);
    }

    @Override
    public void close() {
        http.close();
        context.close();
    }

    /// Initialized when first touched: the holder idiom. Wrong secrets of one test must not keep
    /// another out.
    private static final class Shared {
        static final TestAuth INSTANCE =
                start(
                        "meseta.auth.limits.wrong-per-address=100000",
                        "meseta.auth.limits.bundle-hold=2s");

        static {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(INSTANCE::close));
        }
    }
}
