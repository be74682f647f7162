package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.SecureCluster;
import io.meseta.testkit.Await;
import io.meseta.testkit.RepositoryRoot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A cluster that knows its callers, as `./meseta up` starts it, met through its one door: who is
/// nobody, who may, who may not, and a microservice that loses an instance and the auth-service.
/// Most of it is what the guide about a service and its callers says.
final class IdentitiesIT {

    private static final int CALLS = 100;

    @Test
    void knowsItsCallersAndDecidesWhoMayCallWhat() {
        try (var cluster = SecureCluster.installed("identities")) {
            var guide = cluster.guide("a-service-and-its-callers.md");
            guide.follow("A cluster");
            assertThat(guide.printed() + cluster.logs())
                    .doesNotContain(cluster.secret("administrator-password"));
            turnsAwayWhomItDoesNotKnow(cluster);
            runsJobsForWhoeverHasStartedIt(cluster);

            guide.follow("People");
            guide.follow("A service");
            guide.follow("A policy");
            guide.follow("One instance dies");
            guide.follow("Another policy");
            loseOneOfEach(cluster);
            takeAnAgentBackWithoutTheAuthService(cluster);
            guide.follow("The end");

            assertThat(guide.left()).isEmpty();
            // Who runs a job looks for its last output for a while after the agent has gone.
            Await.within(SecureCluster.PATIENCE)
                    .passes(
                            "nothing is left",
                            () -> assertThat(cluster.installation().traces()).isEmpty());
        }
    }

    private static void turnsAwayWhomItDoesNotKnow(SecureCluster cluster) {
        var guess = SecureCluster.basic("admin", "guess");
        for (var place : List.of(cluster.gateway(), cluster.installation().master(1))) {
            assertThat(cluster.at(place + "/state", "").statusCode()).isEqualTo(401);
            assertThat(cluster.at(place + "/state", guess).statusCode()).isEqualTo(401);
            assertThat(cluster.at(place + "/state", "Bearer x.y.z").statusCode()).isEqualTo(401);
            assertThat(cluster.at(place + "/state", cluster.admin()).statusCode()).isEqualTo(200);
            assertThat(cluster.at(place + "/actuator/health/readiness", "").statusCode())
                    .isEqualTo(200);
        }
        assertThat(cluster.get("/", "").body()).contains("<!doctype html>");
    }

    private static void runsJobsForWhoeverHasStartedIt(SecureCluster cluster) {
        var job = cluster.run("run", "--", "sh", "-c", "echo known; exit 4");
        assertThat(job.output()).as(cluster.logs()).contains("known\n");
        assertThat(job.code()).isEqualTo(4);
    }

    /// Neither the death of an instance under load nor that of the auth-service costs a call.
    private static void loseOneOfEach(SecureCluster cluster) {
        var bob = SecureCluster.basic("bob", SecureCluster.password("bob"));
        var source = RepositoryRoot.find().resolve("examples/greeter/Greeter.java").toUri();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        cluster.start(
                "run",
                "--name=three",
                "--service=greeter",
                "--port=auto",
                "--uri=" + source,
                "--",
                java,
                "Greeter.java");
        for (var name : List.of("two", "three")) {
            Await.within(SecureCluster.PATIENCE)
                    .until(name + " answers", () -> hello(cluster, bob).contains("from " + name));
        }

        var answers = new ArrayList<String>();
        for (int call = 0; call < CALLS; call++) {
            if (call == CALLS / 4) killGreeter(cluster);
            if (call == CALLS / 2) {
                cluster.kill("auth");
                // The commands have a token left.
                var tasks = cluster.run("ps");
                assertThat(tasks.code()).as(tasks.output()).isZero();
            }
            answers.add(hello(cluster, bob));
        }
        assertThat(answers).allMatch(answer -> answer.startsWith("hello bob, from "));
    }

    /// It has its token of before, and knows its callers by the bundle of before.
    private static void takeAnAgentBackWithoutTheAuthService(SecureCluster cluster) {
        cluster.pause("auth");
        try {
            long was = cluster.kill("agent-1");
            cluster.awaitAgain("agent-1", was);
            runsJobsForWhoeverHasStartedIt(cluster);
        } finally {
            cluster.resume("auth");
        }
    }

    private static String hello(SecureCluster cluster, String as) {
        return cluster.get("/services/greeter/hello", as).body();
    }

    private static void killGreeter(SecureCluster cluster) {
        var greeter = Pattern.compile("^\\S*java\\s(?!.*-jar).*Greeter\\.java");
        var victim =
                cluster.installation().traces().stream()
                        .filter(trace -> greeter.matcher(trace.command()).find())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no greeter runs"))
                        .process();
        victim.destroyForcibly();
        Await.shortly().until("it has ended", () -> !victim.isAlive());
    }
}
