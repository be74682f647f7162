package io.meseta.master.corpus;

import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.mesos.v1.TaskState.TASK_FINISHED;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.meseta.authorization.bundle.Verifier;
import io.meseta.master.core.reign.Epoch;
import io.meseta.master.leadership.Leadership.Address;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.json.MesosJson;
import io.meseta.mesos.v1.master.Response;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.platform.testing.StandInBook;
import io.meseta.testkit.Await;
import io.meseta.testkit.corpus.Differences;
import io.meseta.testkit.corpus.Ids;
import io.meseta.testkit.corpus.Recorded;
import io.meseta.testkit.corpus.Replay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replays what was recorded of a running Mesos, where the recordings are. What is known to differ,
/// and why, is in `corpus-differences.txt`; a difference that is gone must go from there.
final class CorpusIT {

    private static final Pattern STREAM = Pattern.compile("Mesos-Stream-Id: .*");
    private static final Pattern FRAMEWORK =
            Pattern.compile("(\"framework_id\": \\{\"value\": \")[^\"]*");
    private static final Pattern OFFER =
            Pattern.compile("(\"offer_ids\": \\[\\{\"value\": \")[0-9a-f-]{36}-O[0-9]+");
    private static final Pattern AGENT = Pattern.compile("[0-9a-f-]{36}-S[0-9]+");

    private static final Pattern ABOUT_ROLES =
            Pattern.compile(
                    "...-(quota-)?(GET|UPDATE|SET|REMOVE)[-_]"
                            + "(weights|quota|roles|WEIGHTS|QUOTA|ROLES).*");

    /// What the recorded master was told by its access control lists.
    private static final String MESOS_ACLS =
            """
            policy: mesos
            rules:
              - id: admin
                effect: allow
                subjects: {principals: [admin]}
                actions: any
              - id: reader-sees
                effect: allow
                subjects: {principals: [reader]}
                actions: [VIEW_TASK, VIEW_EXECUTOR, REGISTER_FRAMEWORK, GET_QUOTA]
              - id: reader-toggles
                effect: allow
                subjects: {principals: [reader]}
                actions: GET_ENDPOINT_WITH_PATH
                targets: {path: /logging/toggle}
            """;

    @TempDir private Path log;
    private Path folder;
    private TestMaster master;

    @BeforeEach
    void start() {
        var found = Recorded.folder();
        assumeTrue(found.isPresent(), "the recordings are not beside the repository");
        folder = found.get();
        master = TestMaster.start("meseta.master.calls.body-time-max=1s", setting());
    }

    private String setting() {
        return "logging.file.name=" + log.resolve("master.log");
    }

    /// The recorded master had a log of its own; what is known of it makes ours.
    private void writeLog(String group) throws IOException {
        var known =
                Recorded.group(folder, group).stream()
                        .flatMap(each -> RecordedLog.of(each).stream())
                        .findFirst();
        if (known.isPresent()) Files.write(log.resolve("master.log"), known.get());
    }

    @AfterEach
    void stop() {
        if (master != null) master.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "master-noagent-http",
                "master-noagent-endpoints",
                "master-noagent-operator",
                "master-noagent-operator-errors",
                "ha-leader"
            })
    void answersAsMesosDidWithoutAgents(String group) throws IOException {
        var replay = replay(Optional.empty());
        writeLog(group);

        Recorded.group(folder, group).forEach(replay::replay);

        check(group, replay);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "master-agent-http",
                "master-agent-endpoints",
                "master-agent-operator",
                "master-agent-operator-errors"
            })
    void answersAsMesosDidWithAnAgent(String group) throws IOException {
        try (var agent = agent()) {
            var replay = replay(Optional.of(agent.id()));
            writeLog(group);

            Recorded.group(folder, group).forEach(replay::replay);

            check(group, replay);
        }
    }

    @Test
    void sendsEveryoneToTheLeaderAsMesosDid() throws IOException {
        master.leadership()
                .become(new Role.Following(new Address("127.0.0.1", 5054), new Epoch(7)));
        var replay = replay(Optional.empty());

        Recorded.group(folder, "ha-follower").forEach(replay::replay);

        check("ha-follower", replay);
    }

    @Test
    void refusesSchedulersAsMesosDid() throws IOException {
        try (var agent = agent()) {
            var replay = replay(Optional.of(agent.id()));

            for (var each : Recorded.group(folder, "scheduler-errors")) {
                forgetWhoHasHungUp();
                replay.replay(each);
            }

            check("scheduler-errors", replay);
        }
    }

    @Test
    void takesWhatAFrameworkSaidAsMesosDid() throws IOException {
        try (var agent = agent();
                var framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN)) {
            var replay = replay(Optional.of(agent.id()));

            for (var each : Recorded.group(folder, "scheduler-validation"))
                replay.replay(each, streamed(each, framework), body(each, framework, agent.id()));

            check("scheduler-validation", replay);
        }
    }

    /// Only what the framework itself asks for; whatever else was asked between its calls is played
    /// elsewhere.
    @Test
    void operatesOnResourcesAsMesosDid() throws IOException {
        var cases = Recorded.group(folder, "scheduler-operations");
        var told = cases.stream().filter(each -> each.name().endsWith("fw-SUBSCRIBE.json"));
        var subscription = told.findFirst().orElseThrow();
        var call = new String(subscription.requestBody(), StandardCharsets.UTF_8);
        try (var agent = agent();
                var framework = ScriptedFramework.open(master.http(), call)) {
            var replay = replay(Optional.of(agent.id()));
            for (var each : cases) {
                if (each.name().contains("fw-ACKNOWLEDGE-vt-TASK_FINISHED")) {
                    agent.report(
                            OperationStatuses.id(framework), OperationStatuses.VT, TASK_FINISHED);
                } else if (each.name().contains("fw-ACCEPT")) {
                    replay.replay(
                            each,
                            streamed(each, framework),
                            OperationStatuses.body(each, framework, agent.id(), master));
                    OperationStatuses.await(each, framework);
                }
            }
            check("scheduler-operations", replay);
            OperationStatuses.compare(subscription, framework, agent.id());
        }
    }

    /// Only what is asked about roles; whatever else was asked in between is played elsewhere.
    @Test
    void givesRolesWeightsAndQuotaAsMesosDid() throws IOException {
        var cases = Recorded.group(folder, "scheduler-multirole");
        try (var agent = agent();
                var first = ScriptedFramework.open(master.http(), said(cases, "001-"));
                var second = ScriptedFramework.open(master.http(), said(cases, "002-"))) {
            // Nothing was on offer when roles were asked for.
            for (var framework : List.of(first, second)) {
                framework.call("SUPPRESS", "");
                framework.decline();
            }
            var replay = replay(Optional.of(agent.id()));

            for (var each : cases)
                if (ABOUT_ROLES.matcher(each.name()).matches()) replay.replay(each);

            check("scheduler-multirole", replay);
        }
    }

    private static String said(List<Recorded> cases, String name) {
        var found = cases.stream().filter(each -> each.name().startsWith(name)).findFirst();
        return new String(found.orElseThrow().requestBody(), StandardCharsets.UTF_8);
    }

    private static List<String> streamed(Recorded each, ScriptedFramework framework) {
        return each.headers().stream()
                .map(header ->
                        STREAM.matcher(header)
                                .replaceFirst("Mesos-Stream-Id: " + framework.streamId()))
                .toList();
    }

    @Test
    void knowsCallersAsMesosDid(@TempDir Path directory) throws IOException {
        try (var auth = new AuthStandIn()) {
            auth.book()
                    .policy("mesos", MESOS_ACLS)
                    .verifier("admin", new Verifier(USER, List.of(StandInBook.hash("secret"))))
                    .verifier("reader", new Verifier(USER, List.of(StandInBook.hash("rpass"))));
            writeLog("auth-master");
            try (var secure =
                    TestMaster.startSecure(auth.settings(directory, "meseta-master"), setting())) {
                var http = secure.http().as(StandInBook.basic("admin", "secret"));
                Await.shortly()
                        .until("the bundle is there", () -> http.get("/flags").status() == 200);
                var replay = new Replay(secure.http(), CorpusIT::json, new Ids(Optional.empty()));

                for (var each : Recorded.group(folder, "auth-master"))
                    if (!isGuessing(each)) replay.replay(each);

                check("auth-master", replay);
            }
        }
    }

    /// Wrong secrets in a row are the one thing that we limit and Mesos did not: one of each kind
    /// will do.
    private static boolean isGuessing(Recorded each) {
        return each.name().matches(".*-(bad|unknown-user)(\\.json)?")
                && !each.name().contains("state");
    }

    private ScriptedAgent agent() {
        return ScriptedAgent.hello(
                master.http(),
                ScriptedAgent.machine("rack:r1", "zone:z1", "num:5").build(),
                ScriptedAgent.running());
    }

    private String body(Recorded each, ScriptedFramework framework, String agent) {
        var text = new String(each.requestBody(), StandardCharsets.UTF_8);
        text = FRAMEWORK.matcher(text).replaceAll("$1" + framework.id());
        text = AGENT.matcher(text).replaceAll(agent);
        boolean namesRealOffers =
                each.status() != 400 && !each.name().matches(".*(stale|unknown)-offer.*");
        if (namesRealOffers && OFFER.matcher(text).find()) {
            // Whatever was refused may be offered again.
            master.leadership().pass(Duration.ofMinutes(1));
            text = OFFER.matcher(text).replaceAll("$1" + framework.offer().getId().getValue());
        }
        return text;
    }

    private void forgetWhoHasHungUp() {
        Await.shortly()
                .until(
                        "nobody listens any more",
                        () ->
                                master.leadership().cluster().frameworks().values().stream()
                                        .noneMatch(each -> each.isConnected()));
        master.leadership().pass(Duration.ZERO);
    }

    private Replay replay(Optional<String> agent) {
        return new Replay(master.http(), CorpusIT::json, new Ids(agent));
    }

    private static byte[] json(byte[] response) {
        try {
            return MesosJson.write(Response.parseFrom(response));
        } catch (InvalidProtocolBufferException broken) {
            throw new AssertionError("not a response", broken);
        }
    }

    private static void check(String group, Replay replay) throws IOException {
        var known =
                Objects.requireNonNull(
                        CorpusIT.class.getResourceAsStream("/corpus-differences.txt"));
        Differences.read(known).check(group, replay);
    }
}
