package io.meseta.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.meseta.authorization.SubjectKind;
import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.masters.Masters;
import io.meseta.gateway.testing.SessionsFront;
import io.meseta.gateway.testing.StandInInstance;
import io.meseta.gateway.testing.StandInMaster;
import io.meseta.gateway.testing.TestGateway;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.platform.testing.StandInBook;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let through, as whom they go on, and who is told why not.
final class CallersIT {

    private static final Pattern IDENTITY = Pattern.compile("X-meseta-identity=(\\S+)");
    private static final String POLICY =
            """
            policy: shop
            rules:
              - id: ann-reads
                effect: allow
                subjects: {principals: [ann]}
                actions: CALL_SERVICE
                targets: {service: web, role: eng}
                methods: [GET]
              - id: ann-looks
                effect: allow
                subjects: {principals: [ann]}
                actions: VIEW_SERVICE
                targets: {service: web}
              - id: no-internals
                effect: deny
                subjects: everyone
                actions: CALL_SERVICE
                paths: ["/internal/**"]
            """;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AuthStandIn auth = new AuthStandIn();
    private final SessionsFront front = new SessionsFront(auth);
    private final StandInMaster master = new StandInMaster();
    private final StandInInstance instance = new StandInInstance("one");
    private final List<String> settings = new ArrayList<>();
    private TestGateway gateway;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(SubjectKind.USER, "ann", "readers").add(SubjectKind.USER, "bob");
        auth.book().policy("shop", POLICY);
        auth.publish();
        master.on(
                "/api/v1",
                exchange -> {
                    try (exchange) {
                        var said = "" + exchange.getRequestHeaders().getFirst("Authorization");
                        exchange.sendResponseHeaders(200, said.length());
                        exchange.getResponseBody().write(said.getBytes(UTF_8));
                    }
                });
        master.tell(StandInInstance.snapshot(1, instance.task("web")));
        settings.addAll(auth.settings(directory, "meseta-gateway"));
        auth.publish();
        settings.removeIf(each -> each.startsWith("--meseta.auth.url="));
        settings.add("--meseta.auth.url=" + front.address());
        settings.add("--meseta.gateway.masters=" + master.address());
        gateway = TestGateway.start(settings);
        var catalogue = gateway.bean(CatalogueFollower.class);
        Await.shortly()
                .until("the service is known", () -> !catalogue.current().live("web").isEmpty());
        var masters = gateway.bean(Masters.class);
        Await.shortly().until("the leader is known", () -> masters.leader().isPresent());
        Await.shortly()
                .until(
                        "ann is known",
                        () -> get("/api/v1", auth.bearer("ann")).statusCode() == 200);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        gateway.close();
        master.close();
        instance.close();
        front.close();
        auth.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.at(path));
    }

    private HttpResponse<String> get(String path, String authorization)
            throws IOException, InterruptedException {
        return send(request(path).header("Authorization", authorization));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/state", "/api/v1", "/agents/a1/state", "/master/frameworks"})
    void asksCallersOfMesosRoutesWhoTheyAre(String path) throws Exception {
        var answer = send(request(path));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("Basic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/meseta/v1/tasks",
                "/api/gateway/v1/services",
                "/api/gateway/v1/session",
                "/auth/v1/users"
            })
    void asksCallersOfItsOwnRoutesWhoTheyAre(String path) throws Exception {
        var answer = send(request(path));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("urn:meseta:problem:unauthenticated");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .doesNotContain("Basic");
    }

    @Test
    void passesTheCallersOwnCredentialOn() throws Exception {
        var bearer = auth.bearer("bob");

        assertThat(get("/api/v1", bearer).body()).isEqualTo(bearer);
        assertThat(get("/api/v1", StandInBook.basic("bob")).body())
                .isEqualTo(StandInBook.basic("bob"));
        assertThat(get("/api/v1", StandInBook.basic("bob", "wrong")).statusCode()).isEqualTo(401);
        assertThat(get("/api/v1", "Bearer " + bearer + "x").statusCode()).isEqualTo(401);
    }

    @Test
    void tellsServicesWhoCallsAndNotHowTheyProvedIt() throws Exception {
        var answer = get("/services/web/a", auth.bearer("ann"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContainIgnoringCase("authorization=");

        var found = IDENTITY.matcher(answer.body());
        assertThat(found.find()).isTrue();
        var token = SignedJWT.parse(found.group(1));
        var keys = JWKSet.parse(send(request("/.well-known/meseta/jwks.json")).body());
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey();
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("ann");
        assertThat(claims.getAudience()).containsExactly("web");
        assertThat(claims.getStringListClaim("groups")).contains("readers");
        assertThat(claims.getStringClaim("kind")).isEqualTo("user");
        assertThat(claims.getExpirationTime().toInstant())
                .isBeforeOrEqualTo(claims.getIssueTime().toInstant().plusSeconds(60));
    }

    @Test
    void namesTheRuleThatRefuses() throws Exception {
        var method =
                send(
                        request("/services/web/a")
                                .header("Authorization", auth.bearer("ann"))
                                .POST(BodyPublishers.ofString("x")));
        assertThat(method.statusCode()).isEqualTo(403);
        assertThat(method.body()).contains("\"rule\":\"built-in/default-deny\"");

        var path = get("/services/web/internal/x", auth.bearer("ann"));
        assertThat(path.statusCode()).isEqualTo(403);
        assertThat(path.body()).contains("\"rule\":\"shop/no-internals\"");
        assertThat(path.headers().firstValue("Meseta-Rule")).contains("shop/no-internals");

        var other = get("/services/web/a", auth.bearer("bob"));
        assertThat(other.statusCode()).isEqualTo(403);

        var stranger = send(request("/services/web/a"));
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("\"rule\":\"built-in/default-deny\"");
        assertThat(instance.calls()).isZero();
    }

    @Test
    void showsServicesOnlyToThoseWhoMayView() throws Exception {
        assertThat(get("/api/gateway/v1/services", auth.bearer("ann")).body()).contains("\"web\"");
        assertThat(get("/api/gateway/v1/services", auth.bearer("bob")).body())
                .doesNotContain("\"web\"");
    }

    private String cookie() throws IOException, InterruptedException {
        var answer =
                send(
                        request("/api/gateway/v1/session")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"name\":\"ann\",\"password\":\"ann-secret\"}")));
        assertThat(answer.statusCode()).isEqualTo(204);
        var set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        return set.substring(0, set.indexOf(';'));
    }

    @Test
    void signsInAtABrowserAndOutAgain() throws Exception {
        var wrong =
                send(
                        request("/api/gateway/v1/session")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"name\":\"ann\",\"password\":\"x\"}")));
        assertThat(wrong.statusCode()).isEqualTo(401);

        var cookie = cookie();
        var who = send(request("/api/gateway/v1/session").header("Cookie", cookie));
        assertThat(who.body()).contains("\"name\":\"ann\"").contains("readers");
        assertThat(send(request("/api/v1").header("Cookie", cookie)).body())
                .startsWith("Bearer ey");
        assertThat(send(request("/services/web/").header("Cookie", cookie)).statusCode())
                .isEqualTo(200);

        var out =
                send(
                        request("/api/gateway/v1/session")
                                .header("Cookie", cookie)
                                .header("Sec-Fetch-Site", "same-origin")
                                .DELETE());
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(front.closed()).isEqualTo(1);
        assertThat(send(request("/api/v1").header("Cookie", cookie)).statusCode()).isEqualTo(401);
    }

    @Test
    void letsNoOtherSitesPageUseTheSession() throws Exception {
        var cookie = cookie();
        for (var headers :
                new String[][] {
                    {"Sec-Fetch-Site", "cross-site"},
                    {"Origin", "http://evil.test"},
                    {"Origin", "null"},
                    {"Sec-Fetch-Site", "same-site"},
                    {"X-Nothing", "at-all"}
                }) {
            var answer =
                    send(
                            request("/api/v1")
                                    .header("Cookie", cookie)
                                    .header(headers[0], headers[1])
                                    .POST(BodyPublishers.ofString("{}")));
            assertThat(answer.statusCode()).as(headers[1]).isEqualTo(403);
        }
        var own =
                send(
                        request("/api/v1")
                                .header("Cookie", cookie)
                                .header("Origin", "http://127.0.0.1:" + gateway.port())
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(own.statusCode()).isEqualTo(200);
    }

    @Test
    void renewsTokensByItself() throws Exception {
        front.tokensLive(30);
        var cookie = cookie();

        for (int call = 1; call <= 3; call++) {
            assertThat(send(request("/api/v1").header("Cookie", cookie)).statusCode())
                    .isEqualTo(200);
            assertThat(front.renewed()).isEqualTo(call);
        }
    }

    @Test
    void servesABrowserThatSignedInAtAnotherGateway() throws Exception {
        var cookie = cookie();

        try (var other = TestGateway.start(settings)) {
            var masters = other.bean(Masters.class);
            Await.shortly().until("the leader is known", () -> masters.leader().isPresent());
            var at = URI.create("http://127.0.0.1:" + other.port() + "/api/v1");
            var answer = send(HttpRequest.newBuilder(at).header("Cookie", cookie));

            assertThat(answer.body()).startsWith("Bearer ey");
        }
    }

    @Test
    void doesNotTakeABrowserForAStrangerWhenNobodyCanTell() throws Exception {
        var name = "meseta-session=";
        front.falterOverSessions();

        var answer = send(request("/api/v1").header("Cookie", name + "k".repeat(43)));
        var strange = send(request("/api/v1").header("Cookie", name + "no key"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(strange.statusCode()).isEqualTo(401);
    }

    @Test
    void refusesMoreThanOneCredential() throws Exception {
        var answer =
                send(
                        request("/api/v1")
                                .header("Authorization", auth.bearer("ann"))
                                .header("Authorization", auth.bearer("bob")));

        assertThat(answer.statusCode()).isEqualTo(401);
    }
}
