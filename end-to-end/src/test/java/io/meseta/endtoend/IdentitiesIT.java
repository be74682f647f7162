package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.Installation;
import io.meseta.testkit.Await;
import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A cluster that knows its callers, as `./meseta up` starts it, met through its one door: who is
/// nobody, who may, who may not, and a microservice that loses an instance and the auth-service.
final class IdentitiesIT {

    private static final Duration UP_MAX = Duration.ofMinutes(3);
    private static final Duration RUN_MAX = Duration.ofSeconds(60);
    private static final int CALLS = 100;

    private static final String POLICY =
            """
            {"name": "greeter", "text": "policy: greeter\\nrules:\\n  - id: friends-say-hello\\n\
                effect: allow\\n    subjects: {groups: [friends]}\\n    actions: CALL_SERVICE\\n\
                targets: {service: greeter}\\n    methods: GET\\n    paths: [\\"/hello\\"]\\n"}\
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Installation meseta = Installation.make("identities", 1);

    @Test
    void knowsItsCallersAndDecidesWhoMayCallWhat() throws Exception {
        try (meseta;
                http) {
            var up = run("up", "--detach", "--agents=1", "--port-base=" + meseta.portBase());
            assertThat(up.code()).as(up.output()).isZero();
            var password =
                    Files.readString(meseta.data().resolve("secrets/administrator-password"));
            assertThat(meseta.logs()).doesNotContain(password.strip());
            var admin = basic("admin", password.strip());

            turnsAwayWhomItDoesNotKnow(admin);
            runsJobsForWhoeverHasStartedIt();
            letsThoseCallWhoMay(admin);

            var down = run("down");
            assertThat(down.code()).as(down.output()).isZero();
            // Who runs a job looks for its last output for a while after the agent has gone.
            Await.within(RUN_MAX)
                    .passes("nothing is left", () -> assertThat(meseta.traces()).isEmpty());
        }
    }

    private void turnsAwayWhomItDoesNotKnow(String admin) throws Exception {
        for (var place : List.of(meseta.gateway(), master())) {
            assertThat(get(place + "/state", "").statusCode()).isEqualTo(401);
            assertThat(get(place + "/state", basic("admin", "guess")).statusCode()).isEqualTo(401);
            assertThat(get(place + "/state", "Bearer x.y.z").statusCode()).isEqualTo(401);
            assertThat(get(place + "/state", admin).statusCode()).isEqualTo(200);
            assertThat(get(place + "/actuator/health/readiness", "").statusCode()).isEqualTo(200);
        }
        assertThat(get(meseta.gateway() + "/", "").body()).contains("<!doctype html>");
    }

    private void runsJobsForWhoeverHasStartedIt() {
        var job = run("run", "--", "sh", "-c", "echo known; exit 4");
        assertThat(job.output()).as(meseta.logs()).contains("known\n");
        assertThat(job.code()).isEqualTo(4);
    }

    private void letsThoseCallWhoMay(String admin) throws Exception {
        post("/auth/v1/users", admin, user("ann"));
        post("/auth/v1/users", admin, user("bob"));
        post("/auth/v1/groups", admin, "{\"name\": \"friends\", \"members\": [\"ann\"]}");
        post("/auth/v1/policies", admin, POLICY);
        greet("one");
        greet("two");
        var hello = meseta.gateway() + "/services/greeter/hello";
        var ann = basic("ann", secret("ann"));
        Await.within(RUN_MAX)
                .until(
                        "both instances serve",
                        () ->
                                Pattern.compile("\"live\":true")
                                                .matcher(services(admin))
                                                .results()
                                                .count()
                                        == 2);
        // A task runs before its program listens.
        for (var name : List.of("one", "two")) {
            Await.within(RUN_MAX)
                    .until(
                            name + " answers",
                            () -> get(hello, ann).body().startsWith("hello ann, from " + name));
        }

        var refused = get(hello, basic("bob", secret("bob")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(refused.body()).contains("\"rule\":\"built-in/default-deny\"");
        assertThat(get(hello, "").statusCode()).isEqualTo(401);
        assertThat(get(meseta.gateway() + "/services/greeter/other", ann).statusCode())
                .isEqualTo(403);

        loseOneOfEach(hello, ann);
    }

    /// Neither the death of an instance under load nor that of the auth-service costs a call.
    private void loseOneOfEach(String hello, String ann) throws Exception {
        var answers = new ArrayList<Integer>();
        for (int call = 0; call < CALLS; call++) {
            if (call == CALLS / 4) kill("Greeter.java");
            if (call == CALLS / 2) {
                kill("auth-service.jar");
                // With the token of an earlier command, while there is nobody to ask for another.
                var tasks = run("ps");
                assertThat(tasks.code()).as(tasks.output()).isZero();
            }
            answers.add(get(hello, ann).statusCode());
        }
        assertThat(answers).containsOnly(200);
    }

    private void kill(String word) {
        var java = Pattern.compile("^\\S*/java\\s.*" + Pattern.quote(word));
        var victim =
                meseta.traces().stream()
                        .filter(trace -> java.matcher(trace.command()).find())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no " + word + " runs"))
                        .process();
        victim.destroyForcibly();
        Await.shortly().until(word + " has ended", () -> !victim.isAlive());
    }

    private void greet(String name) {
        var source = RepositoryRoot.find().resolve("examples/greeter/Greeter.java").toUri();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        meseta.start(
                with(
                        "run",
                        "--name=" + name,
                        "--service=greeter",
                        "--port=auto",
                        "--uri=" + source,
                        "--",
                        java.toString(),
                        "Greeter.java"));
    }

    private String services(String admin) throws IOException, InterruptedException {
        return get(meseta.gateway() + "/api/gateway/v1/services", admin).body();
    }

    private String master() {
        return "http://127.0.0.1:" + meseta.portBase();
    }

    private static String user(String name) {
        return "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, secret(name));
    }

    private static String secret(String name) {
        return name + " has a long secret of 2026";
    }

    private static String basic(String name, String secret) {
        var pair = (name + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private void post(String path, String as, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(meseta.gateway() + path))
                        .timeout(RUN_MAX)
                        .header("Authorization", as)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpResponse<String> get(String address, String as)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(RUN_MAX);
        if (!as.isEmpty()) request.header("Authorization", as);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private Installation.Outcome run(String... arguments) {
        return meseta.run(arguments[0].equals("up") ? UP_MAX : RUN_MAX, with(arguments));
    }

    /// The data directory goes right after the command's name.
    private String[] with(String... arguments) {
        var all = new ArrayList<String>();
        Collections.addAll(all, arguments);
        all.addAll(1, List.of("--data", meseta.data().toString()));
        return all.toArray(String[]::new);
    }
}
