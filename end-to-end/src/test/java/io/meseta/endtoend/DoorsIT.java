package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meseta.endtoend.attack.Forge;
import io.meseta.endtoend.harness.SecureCluster;
import io.meseta.testkit.Await;
import io.meseta.testkit.RepositoryRoot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every door of a cluster that knows its callers, tried by those who must not get in: with no
/// credentials, with forged ones, and with some that were good once.
final class DoorsIT {

    private static final String PROBLEM = "application/problem+json";

    /// What a browser sends when somebody types an address.
    private static final String HTML =
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final String POLICY =
            """
            policy: greeter
            rules:
              - id: friends-say-hello
                effect: allow
                subjects: {groups: [friends]}
                actions: CALL_SERVICE
                targets: {service: greeter}
            """;

    private static SecureCluster cluster;
    private static String token;

    @BeforeAll
    static void begin() {
        cluster = SecureCluster.up("doors", 1, 1);
        cluster.addUser("ann");
        cluster.addGroup("friends", "ann");
        cluster.addPolicy("greeter", POLICY);
        token = cluster.session("ann").token();
    }

    @AfterAll
    static void end() {
        if (cluster != null) cluster.close();
    }

    @Test
    void refusesTokensThatAreWronglySigned() throws Exception {
        var forge = Forge.of(cluster, token);
        var asked = new AtomicInteger();
        var bait = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bait.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    exchange.sendResponseHeaders(404, -1);
                    exchange.close();
                });
        bait.start();
        try {
            assertOpens(forge.good());

            var address = "http://127.0.0.1:" + bait.getAddress().getPort();
            forge.wronglySigned(address).forEach(DoorsIT::assertShut);
        } finally {
            bait.stop(0);
        }
        assertThat(asked).as("who was asked for keys that a token names").hasValue(0);
    }

    @Test
    void refusesTokensThatSayWhatTheyMustNot() {
        var forge = Forge.of(cluster, token);

        assertOpens(forge.good());
        forge.wronglySaid().forEach(DoorsIT::assertShut);
    }

    @Test
    void refusesWhatIsNoCredentialAtAll() {
        var good = Forge.of(cluster, token).good();
        for (var header :
                List.of(
                        "Bearer",
                        "Bearer x",
                        "Bearer x.y.z",
                        "Bearer ....",
                        "Bearer " + good + "." + good,
                        "Bearer " + good + " " + good,
                        "Bearer " + "x".repeat(9_000),
                        "Basic",
                        "Basic !!!",
                        "Basic " + good,
                        "Digest username=\"admin\"",
                        "Negotiate abc",
                        good)) {
            for (var door : doors()) assertRefused(header, door, door.with(header));
        }
        for (var door : doors()) {
            var asBasic = SecureCluster.basic("ann", token);
            assertRefused("a token as a password", door, door.with(asBasic));
            var inQuery = new Door(door.address() + "?access_token=" + good, door.isOurs());
            assertRefused("a token in the query", inQuery, inQuery.with());
        }
    }

    /// No server of ours reads heads of any size; what is too large never gets as far as a check.
    @Test
    void refusesHeadersOfAnySize() {
        for (var door : doors()) {
            var answer = door.with("Bearer " + "x".repeat(100_000));
            assertThat(answer.statusCode()).as(door.address()).isIn(401, 431);
        }
    }

    @Test
    void refusesTwoCredentialsWhereOneWouldDo() {
        var good = "Bearer " + Forge.of(cluster, token).good();
        for (var door : doors()) {
            assertRefused("twice the same", door, door.with(good, good));
            assertRefused("good and bad", door, door.with(good, "Bearer x.y.z"));
            assertRefused("bad and good", door, door.with("Bearer x.y.z", good));
            assertRefused("of two sorts", door, door.with(cluster.admin(), good));
        }
    }

    @Test
    void refusesTokensOnceTheyAreRevoked() {
        revoked(
                "a token",
                "rita",
                session -> {
                    var jti =
                            SecureCluster.json(payload(session.token()))
                                    .textOf("jti")
                                    .orElseThrow();
                    done(
                            204,
                            cluster.send(
                                    "POST",
                                    "/auth/v1/tokens:revoke",
                                    cluster.admin(),
                                    "{\"jti\":\"%s\"}".formatted(jti)));
                });
        revoked(
                "all of a principal's",
                "rolf",
                _ ->
                        done(
                                204,
                                cluster.send(
                                        "POST",
                                        "/auth/v1/principals:revoke",
                                        cluster.admin(),
                                        "{\"principal\":\"rolf\"}")));
        revoked("those of one who is locked", "lena", _ -> lock("lena"));
        revoked(
                "those of one who is gone",
                "gina",
                _ -> {
                    done(204, cluster.send("DELETE", "/auth/v1/users/gina", cluster.admin(), ""));
                    // Another of the same name is not the same.
                    cluster.addUser("gina");
                });
    }

    private interface Revoking {
        void revoke(SecureCluster.Session session);
    }

    /// Until the next bundle has come to each service, which takes milliseconds as a rule.
    private static void revoked(String what, String name, Revoking how) {
        cluster.addUser(name);
        var session = cluster.session(name);
        for (var door : doors()) {
            Await.within(SecureCluster.PATIENCE)
                    .until(
                            door.address() + " knows " + name,
                            () -> door.with(session.bearer()).statusCode() != 401);
        }

        how.revoke(session);

        for (var door : doors()) {
            Await.within(SecureCluster.PATIENCE)
                    .passes(
                            what + " is void at " + door.address(),
                            () -> assertRefused(what, door, door.with(session.bearer())));
        }
        for (var door : doors()) assertRefused(what, door, door.with(session.bearer()));
    }

    private static void lock(String name) {
        var user = cluster.get("/auth/v1/users/" + name, cluster.admin());
        var version = user.headers().firstValue("ETag").orElseThrow();
        done(
                200,
                cluster.send(
                        "PUT",
                        "/auth/v1/users/" + name,
                        cluster.admin(),
                        "{\"description\":\"\",\"locked\":true}",
                        "If-Match",
                        version));
    }

    private static void done(int expected, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    }

    /// Whoever says by a header of ours who they are is not believed, neither by services nor by
    /// the control plane.
    @Test
    void believesNoIdentityThatACallerBringsAlong() {
        var source = RepositoryRoot.find().resolve("examples/greeter/Greeter.java").toUri();
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        try (var _ =
                cluster.start(
                        "run",
                        "--name=one",
                        "--service=greeter",
                        "--port=auto",
                        "--uri=" + source,
                        "--",
                        java.toString(),
                        "Greeter.java")) {
            var forged = Forge.of(cluster, token).good();
            var hello = URI.create(cluster.gateway() + "/services/greeter/");
            for (var name :
                    List.of("X-Meseta-Identity", "x-meseta-identity", "X-MESETA-IDENTITY")) {
                Await.within(SecureCluster.PATIENCE)
                        .passes(
                                "the greeter knows ann",
                                () -> {
                                    var answer =
                                            cluster.send(
                                                    HttpRequest.newBuilder(hello)
                                                            .header(
                                                                    "Authorization",
                                                                    "Bearer " + token)
                                                            .header(name, forged)
                                                            .header(name, forged)
                                                            .build());
                                    assertThat(answer.body()).startsWith("hello ann, from one");
                                });
            }
            for (var header :
                    List.of(
                            "X-Meseta-Identity",
                            "X-Meseta-Principal",
                            "X-Forwarded-User",
                            "X-Remote-User",
                            "Proxy-Authorization")) {
                for (var door : doors()) {
                    var request =
                            HttpRequest.newBuilder(URI.create(door.address()))
                                    .header(
                                            header,
                                            header.startsWith("Proxy")
                                                    ? "Bearer " + forged
                                                    : forged);
                    assertRefused(header, door, cluster.send(request.build()));
                }
            }
        }
    }

    @Test
    void opensNothingToStrangers() throws Exception {
        for (var path : paths()) {
            for (var accept : List.of(HTML, "application/json", "application/x-protobuf", "*/*")) {
                for (var method : methods(path)) {
                    var request =
                            HttpRequest.newBuilder(URI.create(cluster.gateway() + path))
                                    .header("Accept", accept)
                                    .header("Content-Type", "application/json")
                                    .method(
                                            method,
                                            method.equals("POST")
                                                    ? BodyPublishers.ofString(
                                                            "{\"type\":\"GET_STATE\"}")
                                                    : BodyPublishers.noBody());
                    if (accept.equals(HTML)) {
                        // An address that was typed, or the console's own page.
                        var isTyped = method.equals("GET");
                        request.header("Sec-Fetch-Site", isTyped ? "none" : "same-origin")
                                .header("Sec-Fetch-Mode", isTyped ? "navigate" : "cors");
                    }
                    var answer = cluster.send(request.build());
                    // What is not there, or not in this form, is told before all else there.
                    if (path.startsWith("/actuator/")
                            && List.of(404, 405, 406).contains(answer.statusCode())) continue;
                    assertThat(answer.statusCode())
                            .as("%s %s as %s: %s", method, path, accept, answer.body())
                            .isEqualTo(401);
                    assertThat(answer.headers().firstValue("WWW-Authenticate"))
                            .as("%s %s", method, path)
                            .isPresent();
                }
            }
        }
        for (var path :
                List.of(
                        "/",
                        "/health",
                        "/actuator/health",
                        "/actuator/health/readiness",
                        "/auth/oauth2/jwks",
                        "/.well-known/meseta/jwks.json")) {
            assertThat(cluster.get(path, "").statusCode()).as(path).isEqualTo(200);
        }
    }

    /// The figures are there to be read; nobody is told more by another method than that.
    private static List<String> methods(String path) {
        var reading = List.of("GET", "HEAD");
        return path.startsWith("/actuator/") ? reading : List.of("GET", "HEAD", "POST", "DELETE");
    }

    /// One path at least of each family that the gateway's map knows, whatever is added to it.
    private static List<String> paths() throws Exception {
        var agent =
                SecureCluster.json(cluster.get("/api/meseta/v1/agents", cluster.admin()).body())
                        .itemsOf("items")
                        .stream()
                        .findFirst()
                        .flatMap(each -> each.textOf("id"))
                        .orElse("unknown");
        var paths =
                new ArrayList<>(
                        List.of(
                                "/api/v1",
                                "/api/v1/scheduler",
                                "/api/v1/executor",
                                "/api/meseta/v1/tasks",
                                "/api/meseta/v1/events",
                                "/api/meseta/v1/nothing",
                                "/api/gateway/v1/services",
                                "/api/gateway/v1/openapi",
                                "/auth/v1/users",
                                "/auth/v1/policies",
                                "/auth/v1/bundle",
                                "/auth/v1/me",
                                "/auth/v1/nothing",
                                "/auth/nothing",
                                "/services/greeter/",
                                "/services/greeter:http/a/b",
                                "/services/nobody/x",
                                "/agents/" + agent + "/state",
                                "/agents/" + agent + "/files/read",
                                "/agents/nobody/state",
                                "/agents",
                                "/actuator/prometheus",
                                "/actuator/env",
                                "/nowhere",
                                "/nowhere/at/all"));
        var gateway = RepositoryRoot.find().resolve("gateway/src/main/java/io/meseta/gateway");
        var map = Files.readString(gateway.resolve("routes/RouteMap.java"));
        var ofMaster = Pattern.compile("MASTER =\\s+Set\\.of\\(([^;]*)\\);").matcher(map);
        assertThat(ofMaster.find()).isTrue();
        var words = Pattern.compile("\"([^\"]+)\"").matcher(ofMaster.group(1));
        var families = words.results().map(word -> word.group(1)).toList();
        assertThat(families).contains("master", "state", "files");
        for (var family : families) {
            if (!family.equals("health")) paths.add("/" + family);
            paths.add("/" + family + "/state");
        }
        return paths;
    }

    /// A door and a place behind it that is not for everybody.
    ///
    /// @param isOurs whether it answers in our words, problem documents, or in those of Mesos
    private record Door(String address, boolean isOurs) {

        HttpResponse<String> with(String... authorization) {
            var request =
                    HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofMinutes(1));
            Stream.of(authorization).forEach(each -> request.header("Authorization", each));
            return cluster.send(request.build());
        }
    }

    private static List<Door> doors() {
        var meseta = cluster.installation();
        return List.of(
                new Door(meseta.gateway() + "/state", false),
                new Door(meseta.gateway() + "/api/meseta/v1/tasks", true),
                new Door(meseta.gateway() + "/api/gateway/v1/services", true),
                new Door(meseta.gateway() + "/auth/v1/me", true),
                new Door(meseta.master(1) + "/state", false),
                new Door(meseta.master(1) + "/api/meseta/v1/tasks", true),
                new Door(meseta.agent(1) + "/state", false),
                new Door(meseta.auth() + "/auth/v1/me", true));
    }

    private static void assertOpens(String good) {
        for (var door : doors()) {
            var answer = door.with("Bearer " + good);
            assertThat(answer.statusCode()).as(door.address() + answer.body()).isEqualTo(200);
        }
    }

    private static void assertShut(String name, String forged) {
        for (var door : doors()) assertRefused(name, door, door.with("Bearer " + forged));
        var hello = new Door(cluster.gateway() + "/services/greeter/hello", true);
        assertRefused(name, hello, hello.with("Bearer " + forged));
    }

    private static void assertRefused(String name, Door door, HttpResponse<String> answer) {
        var what = "%s at %s: %s".formatted(name, door.address(), answer.body());
        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).as(what).isPresent();
        var type = answer.headers().firstValue("Content-Type").orElse("");
        assertThat(type).as(what).startsWith(door.isOurs() ? PROBLEM : "text/plain");
        // Nobody is told more of a forged token than that it is none.
        assertThat(answer.body()).as(what).doesNotContain("Exception", "\tat ");
    }

    private static String payload(String jwt) {
        var part = jwt.split("\\.", -1)[1];
        return new String(
                java.util.Base64.getUrlDecoder().decode(part),
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
