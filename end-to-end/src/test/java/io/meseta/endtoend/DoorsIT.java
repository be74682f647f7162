package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meseta.endtoend.attack.Doors;
import io.meseta.endtoend.attack.Forge;
import io.meseta.endtoend.attack.Places;
import io.meseta.endtoend.harness.SecureCluster;
import io.meseta.testkit.Await;
import io.meseta.testkit.RepositoryRoot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every door of a cluster that knows its callers, tried by those who must not get in: with no
/// credentials, with forged ones, and with some that were good once.
final class DoorsIT {

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
    private static Doors doors;
    private static String token;

    @BeforeAll
    static void begin() {
        cluster = SecureCluster.up("doors", 1, 1);
        doors = new Doors(cluster);
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
            doors.assertOpens(forge.good());

            var address = "http://127.0.0.1:" + bait.getAddress().getPort();
            forge.wronglySigned(address).forEach(doors::assertShut);
        } finally {
            bait.stop(0);
        }
        assertThat(asked).as("who was asked for keys that a token names").hasValue(0);
    }

    @Test
    void refusesTokensThatSayWhatTheyMustNot() {
        var forge = Forge.of(cluster, token);

        doors.assertOpens(forge.good());
        forge.wronglySaid().forEach(doors::assertShut);
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
            for (var door : doors.all())
                doors.assertRefused(header, door, doors.with(door, header));
        }
        for (var door : doors.all()) {
            var asBasic = SecureCluster.basic("ann", token);
            doors.assertRefused("a token as a password", door, doors.with(door, asBasic));
            var inQuery = new Doors.Door(door.address() + "?access_token=" + good, door.isOurs());
            doors.assertRefused("a token in the query", inQuery, doors.with(inQuery));
        }
    }

    /// No server of ours reads heads of any size; what is too large never gets as far as a check.
    @Test
    void refusesHeadersOfAnySize() {
        for (var door : doors.all()) {
            var answer = doors.with(door, "Bearer " + "x".repeat(100_000));
            assertThat(answer.statusCode()).as(door.address()).isIn(401, 431);
        }
    }

    @Test
    void refusesTwoCredentialsWhereOneWouldDo() {
        var good = "Bearer " + Forge.of(cluster, token).good();
        for (var door : doors.all()) {
            doors.assertRefused("twice the same", door, doors.with(door, good, good));
            doors.assertRefused("good and bad", door, doors.with(door, good, "Bearer x.y.z"));
            doors.assertRefused("bad and good", door, doors.with(door, "Bearer x.y.z", good));
            doors.assertRefused("of two sorts", door, doors.with(door, cluster.admin(), good));
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
        for (var door : doors.all()) {
            Await.within(SecureCluster.PATIENCE)
                    .until(
                            door.address() + " knows " + name,
                            () -> doors.with(door, session.bearer()).statusCode() != 401);
        }

        how.revoke(session);

        for (var door : doors.all()) {
            Await.within(SecureCluster.PATIENCE)
                    .passes(
                            what + " is void at " + door.address(),
                            () ->
                                    doors.assertRefused(
                                            what, door, doors.with(door, session.bearer())));
        }
        for (var door : doors.all())
            doors.assertRefused(what, door, doors.with(door, session.bearer()));
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
                for (var door : doors.all()) {
                    var request =
                            HttpRequest.newBuilder(URI.create(door.address()))
                                    .header(
                                            header,
                                            header.startsWith("Proxy")
                                                    ? "Bearer " + forged
                                                    : forged);
                    doors.assertRefused(header, door, cluster.send(request.build()));
                }
            }
        }
    }

    @Test
    void opensNothingToStrangers() throws Exception {
        for (var path : Places.paths(cluster)) {
            for (var accept : List.of(HTML, "application/json", "application/x-protobuf", "*/*")) {
                for (var method : Places.methods(path)) {
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

    private static String payload(String jwt) {
        var part = jwt.split("\\.", -1)[1];
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
