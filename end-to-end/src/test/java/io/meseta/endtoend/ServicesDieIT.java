package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.client.Endpoint;
import io.meseta.client.Identity;
import io.meseta.endtoend.framework.TaskWish;
import io.meseta.endtoend.framework.TestFramework;
import io.meseta.endtoend.harness.SecureCluster;
import io.meseta.endtoend.load.CallLoad;
import io.meseta.endtoend.load.CallLoad.Caller;
import io.meseta.endtoend.load.TaskLoad;
import io.meseta.testkit.Await;
import io.meseta.testkit.RepositoryRoot;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Every service is killed in turn, amid the work of a cluster that knows its callers: no task is
/// lost, no update is lost or reordered, the framework goes on, and nobody gets what is not theirs.
///
/// All goes through the gateway, with real credentials. The launcher starts again what has died.
///
/// Long, since each of them has to come back. In short: IdentitiesIT, FailoverIT and SurvivalIT.
@Tag("long")
@ExtendWith(ServicesDieIT.ServicesSaid.class)
final class ServicesDieIT {

    private static final Duration CALL_MAX = Duration.ofSeconds(60);

    private static final String POLICY =
            """
            policy: work
            rules:
              - id: runs-jobs
                effect: allow
                subjects: {principals: [worker]}
                actions: [REGISTER_FRAMEWORK, RUN_TASK, TEARDOWN_FRAMEWORK]
              - id: friends-say-hello
                effect: allow
                subjects: {principals: [ann]}
                actions: CALL_SERVICE
                targets: {service: greeter}
                methods: GET
                paths: ["/hello"]
            """;

    /// Each agent's own, as the launcher shares them out; any two of them.
    private static final int[] PORTS = {31_000, 31_100};

    private static final int PORTS_EACH = 100;

    private static final String[] AT_SERVICES = {"ann", "bob", "nobody", "a forger"};

    private static SecureCluster cluster;
    private static Identity worker;
    private static TestFramework owner;
    private static List<Caller> callers;

    private TestFramework framework;
    private TaskLoad tasks;
    private CallLoad calls;

    @BeforeAll
    static void begin() {
        cluster = SecureCluster.up("services-die", 2, 2);
        cluster.addUser("ann");
        cluster.addUser("bob");
        var secret = cluster.addAccount("worker");
        cluster.addPolicy("work", POLICY);
        worker = Identity.ofAccount(URI.create(cluster.gateway()), "worker", secret);
        owner = subscribe("greeters");
        for (int first : PORTS) greet(first + ThreadLocalRandom.current().nextInt(PORTS_EACH));
        var ann = cluster.session("ann").bearer();
        // A task runs before its program listens.
        for (int first : PORTS) {
            Await.within(SecureCluster.PATIENCE)
                    .until(
                            "a greeter of " + first + " answers",
                            () ->
                                    cluster.get("/services/greeter/hello", ann)
                                            .body()
                                            .startsWith("hello ann, from greeter-" + first / 100));
        }
        callers = callers(ann, cluster.session("bob").bearer());
    }

    @AfterAll
    static void end() {
        try {
            if (owner != null) owner.close();
        } finally {
            if (cluster != null) cluster.close();
        }
    }

    @BeforeEach
    void work() {
        framework = subscribe("worker");
        tasks = TaskLoad.of(framework);
        calls = CallLoad.of(callers);
        tasks.awaitTurnover(2, SecureCluster.PATIENCE);
        calls.awaitAllServed(SecureCluster.PATIENCE);
        calls.assertAllServed(AT_SERVICES);
    }

    @AfterEach
    void rest() {
        calls.close();
        tasks.close();
        framework.close();
    }

    @Test
    void losesNothingWithTheLeadingMaster() {
        var id = framework.id();

        killAndGoOn(cluster.leader());

        assertThat(framework.subscriptions()).isGreaterThan(1);
        assertThat(framework.id()).isEqualTo(id);
    }

    @Test
    void losesNothingWithAnAgent() {
        killAndGoOn("agent-1");

        calls.assertAllServed(AT_SERVICES);
        assertThat(framework.subscriptions()).isEqualTo(1);
    }

    /// Decisions need nobody: neither calls nor tasks notice.
    @Test
    void losesNothingWithTheAuthService() {
        killAndGoOn("auth");

        calls.assertAllServed(AT_SERVICES);
        assertThat(framework.subscriptions()).isEqualTo(1);
    }

    @Test
    void losesNothingWithTheGateway() {
        var id = framework.id();

        killAndGoOn("gateway");

        assertThat(framework.subscriptions()).isGreaterThan(1);
        assertThat(framework.id()).isEqualTo(id);
    }

    @Test
    void losesNothingWithTheDatabase() {
        var id = framework.id();

        killAndGoOn("postgres");

        assertThat(framework.id()).isEqualTo(id);
    }

    private void killAndGoOn(String child) {
        long was = cluster.kill(child);
        cluster.awaitAgain(child, was);

        tasks.awaitTurnover(4, SecureCluster.PATIENCE);
        calls.awaitAllServed(SecureCluster.PATIENCE);
        tasks.finish(SecureCluster.PATIENCE);
        calls.close();
        calls.assertNothingWrong();
    }

    private static TestFramework subscribe(String name) {
        var gateway = new Endpoint(URI.create(cluster.gateway()));
        return TestFramework.subscribe(gateway, name, worker, "worker");
    }

    private static void greet(int port) {
        var source = RepositoryRoot.find().resolve("examples/greeter/Greeter.java");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = "exec '%s' '%s'".formatted(java, source);
        owner.launch(TaskWish.shell("greeter-" + port, command).serving("greeter", port));
    }

    private static List<Caller> callers(String ann, String bob) {
        var hello = cluster.gateway() + "/services/greeter/hello";
        var users = cluster.gateway() + "/auth/v1/users";
        var scheduler = cluster.gateway() + "/api/v1/scheduler";
        var master = cluster.installation().master(1) + "/state";
        var agent = cluster.installation().agent(1) + "/state";
        var subscribe =
                """
                {"type":"SUBSCRIBE","subscribe":{"framework_info":{"user":"root","name":"bob",\
                "principal":"bob"}}}\
                """;
        // As Mesos says it: in an event.
        var notHis = "Not authorized to use roles";
        return List.of(
                new Caller("ann", get(hello, ann), 200, "hello ann, from greeter-"),
                new Caller("bob", get(hello, bob), 403, "built-in/default-deny"),
                new Caller("nobody", get(hello, ""), 401, "Say who you are"),
                new Caller("a forger", get(hello, forged(bob)), 401, "signature"),
                new Caller("a climber", post(users, bob, "{\"name\":\"eve\"}"), 403, "rule"),
                new Caller("a framework of bob's", post(scheduler, bob, subscribe), 200, notHis),
                new Caller("nobody at the master", get(master, ""), 401, ""),
                new Caller("a forger at an agent", get(agent, forged(bob)), 401, ""));
    }

    /// Bob says that he is Ann, with his own signature.
    private static String forged(String bob) {
        var parts = bob.split("\\.", -1);
        var payload =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace("\"bob\"", "\"ann\"");
        parts[1] =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return String.join(".", parts);
    }

    private static HttpRequest get(String address, String as) {
        return request(address, as).build();
    }

    private static HttpRequest post(String address, String as, String body) {
        return request(address, as)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static HttpRequest.Builder request(String address, String as) {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(CALL_MAX);
        return as.isEmpty() ? request : request.header("Authorization", as);
    }

    /// Shows what the services said when a test fails.
    static final class ServicesSaid implements TestExecutionExceptionHandler {

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure)
                throws Throwable {
            throw new AssertionError(failure.getMessage() + "\n" + cluster.logs(), failure);
        }
    }
}
