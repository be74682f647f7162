package io.meseta.master.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Roles, weights and quota over the wire.
final class RolesIT {

    private static final String LIMIT =
            "{\"role\":\"dev\",\"limits\":{\"cpus\":{\"value\":2},\"mem\":{\"value\":512}}}";

    private TestMaster master;
    private RawHttp http;

    @BeforeEach
    void start() {
        master = TestMaster.start();
        http = master.http();
    }

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void keepsARoleWithinItsLimit() {
        try (var _ = agent();
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.offer();

            assertThat(updateQuota(false, LIMIT).status()).isEqualTo(200);

            framework.await("a rescind", event -> event.hasRescind());
            var cpus =
                    framework.offer().getResourcesList().stream()
                            .filter(each -> each.getName().equals("cpus"))
                            .mapToDouble(each -> each.getScalar().getValue())
                            .sum();
            assertThat(cpus).isEqualTo(2.0);
            assertThat(http.get("/roles").text())
                    .contains("\"limit\":{\"cpus\":2.0,\"mem\":512.0},\"consumed\":{}")
                    .contains("\"offered\":{\"cpus\":2.0")
                    .contains("\"frameworks\":[\"" + framework.id() + "\"]");
        }
    }

    @Test
    void saysThatALimitIsPassedAlready() {
        try (var agent = agent();
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            framework.launch(framework.offer(), Samples.task("t1", agent.id()));
            framework.await("an update", event -> event.hasUpdate());
            var none = "{\"role\":\"dev\",\"limits\":{\"cpus\":{\"value\":0}}}";

            var refused = updateQuota(false, none);

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .startsWith("Invalid QuotaConfig: Role 'dev' is already consuming 'cpus:")
                    .endsWith(
                            "'; this is more than the requested limits 'cpus:0' (use 'force' flag"
                                    + " to bypass this check)");
            assertThat(updateQuota(true, none).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesWhatIsNoQuota() {
        assertRefused(
                "{\"role\":\"a b\"}",
                "Invalid QuotaConfig: Invalid 'QuotaConfig.role': Role component 'a b' is invalid"
                        + " because it contains backspace or whitespace");
        assertRefused(
                "{\"role\":\"a\",\"limits\":{\"cpus\":{\"value\":-2.5}}}",
                "Invalid QuotaConfig: Invalid 'QuotaConfig.limits': {'cpus': -2.5} is invalid:"
                        + " Negative values not supported");
        assertRefused(
                "{\"role\":\"a\",\"guarantees\":{\"cpus\":{\"value\":1},\"mem\":{\"value\":2}},"
                        + "\"limits\":{\"mem\":{\"value\":1.5}}}",
                "Invalid QuotaConfig: 'QuotaConfig.guarantees' { cpus: 1, mem: 2 } is not contained"
                        + " within the 'QuotaConfig.limits' { mem: 1.5 }");
        assertThat(http.get("/quota").text()).isEqualTo("{}");
    }

    @Test
    void takesAllQuotasOfACallOrNone() {
        var both =
                "{\"role\":\"a\",\"limits\":{\"cpus\":{\"value\":1}}},"
                        + "{\"role\":\"b\",\"guarantees\":{\"cpus\":{\"value\":1}}}";

        var refused = updateQuota(false, both);

        assertThat(refused.text())
                .isEqualTo(
                        "Invalid QuotaConfig: total quota guarantees 'cpus:1' exceed cluster"
                                + " capacity '{}' (use 'force' flag to bypass this check)");
        assertThat(http.get("/quota").text()).isEqualTo("{}");
    }

    @Test
    void removesTheQuotaOfARoleByItsPath() {
        updateQuota(true, LIMIT);

        for (var path : new String[] {"/quota/dev", "/master/quota/dev"}) {
            var reply = http.send("DELETE", path, new byte[0]);
            if (path.startsWith("/quota")) assertThat(reply.status()).isEqualTo(200);
            else
                assertThat(reply.text())
                        .isEqualTo(
                                "Failed to remove quota for path '/master/quota/dev': Role 'dev'"
                                        + " has no quota set");
        }
        assertThat(http.send("DELETE", "/quota/%2e%2e", new byte[0]).status()).isEqualTo(400);
        assertThat(call("{\"type\":\"REMOVE_QUOTA\",\"remove_quota\":{\"role\":\"x\"}}").text())
                .isEqualTo("Failed to remove quota: Role 'x' has no quota set");
    }

    @Test
    void refusesOlderRequestsThatAreNone() {
        assertOlder("\"guarantee\":[]", "QuotaInfo with empty 'guarantee'");
        assertOlder(
                guarantee("\"scalar\":{\"value\":1},\"revocable\":{}"),
                "QuotaInfo must not contain RevocableInfo");
        var nested = "{\"role\":\"a/b\",%s}".formatted(guarantee("\"scalar\":{\"value\":1}"));
        assertThat(post(nested).text())
                .isEqualTo("Setting quota on nested role 'a/b' is not supported yet");
    }

    @Test
    void putsWeightsInAList() {
        var two = "[{\"role\":\"b\",\"weight\":2},{\"role\":\"a/x\",\"weight\":0.5}]";

        assertThat(put(two).status()).isEqualTo(200);

        assertThat(http.get("/weights").text())
                .isEqualTo("[{\"weight\":0.5,\"role\":\"a/x\"},{\"weight\":2.0,\"role\":\"b\"}]");
        assertThat(http.get("/roles").text()).contains("\"name\":\"a\",\"weight\":1.0");
        assertThat(put("[1").status()).isEqualTo(400);
        assertThat(put("[{\"role\":\"b\"}]").text()).contains("Missing required fields");
        assertThat(put("3").status()).isEqualTo(400);
        assertThat(put("[{\"role\":\"b\",\"weight\":\"Infinity\"}]").status()).isEqualTo(400);
    }

    @Test
    void hasNoRolesButThoseOnItsList() {
        try (var strict = TestMaster.start("meseta.master.roles.whitelist=dev/web,ops")) {
            var names = strict.http().get("/roles").text();
            assertThat(names)
                    .contains("\"*\"", "\"dev\"", "\"dev/web\"", "\"ops\"")
                    .doesNotContain("\"qa\"");

            var put = "[{\"role\":\"qa\",\"weight\":2}]".getBytes(StandardCharsets.UTF_8);
            assertThat(strict.http().send("PUT", "/weights", put).text())
                    .isEqualTo("Failed to validate update weights request JSON: Unknown role 'qa'");
            try (var framework = ScriptedFramework.subscribe(strict.http(), Samples.MODERN)) {
                var error = framework.await("ERROR", event -> event.hasError()).getError();
                assertThat(error.getMessage())
                        .isEqualTo("Roles { dev } are not present in the master's --roles");
            }
        }
    }

    @Test
    void answersAlsoAsAScript() {
        assertThat(http.get("/roles?jsonp=f").text()).isEqualTo("f({\"roles\":[]});");
        assertThat(http.get("/weights?jsonp=f").text()).isEqualTo("f([]);");
    }

    @Test
    void countsWhatRolesHaveAndMayHave() {
        try (var _ = agent();
                var framework = ScriptedFramework.subscribe(http, Samples.MODERN)) {
            updateQuota(true, LIMIT);
            framework.offer();

            assertThat(http.get("/metrics/snapshot").text())
                    .contains("\"allocator/mesos/quota/roles/dev/resources/cpus/limit\":2.0")
                    .contains("\"allocator/mesos/roles/dev/shares/dominant\":")
                    .contains("\"allocator/mesos/offer_filters/roles/dev/active\":0.0")
                    .contains("\"allocator/mesos/resources/cpus/total\":");
        }
    }

    private void assertRefused(String config, String complaint) {
        var reply = updateQuota(true, config);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).isEqualTo(complaint);
    }

    private void assertOlder(String rest, String complaint) {
        var reply = post("{\"role\":\"a\"," + rest + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).isEqualTo("Failed to validate set quota request: " + complaint);
    }

    private static String guarantee(String rest) {
        return "\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\"," + rest + "}]";
    }

    private RawHttp.Reply updateQuota(boolean isForced, String configs) {
        return call(
                "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"force\":%s,\"quota_configs\":[%s]}}"
                        .formatted(isForced, configs));
    }

    private RawHttp.Reply call(String body) {
        return http.postJson("/api/v1", body);
    }

    private RawHttp.Reply post(String body) {
        return http.send("POST", "/quota", body.getBytes(StandardCharsets.UTF_8));
    }

    private RawHttp.Reply put(String body) {
        return http.send("PUT", "/weights", body.getBytes(StandardCharsets.UTF_8));
    }

    private ScriptedAgent agent() {
        return ScriptedAgent.hello(
                http, ScriptedAgent.machine("rack:r1").build(), ScriptedAgent.running());
    }
}
