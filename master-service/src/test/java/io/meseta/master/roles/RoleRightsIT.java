package io.meseta.master.roles;

import static io.meseta.authorization.SubjectKind.SERVICE_ACCOUNT;
import static io.meseta.authorization.SubjectKind.USER;
import static io.meseta.platform.testing.StandInBook.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.master.testing.TestMaster;
import io.meseta.model.Role;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may see roles, and who may change what they have.
final class RoleRightsIT {

    private static final String WEIGHT = "[{\"role\":\"dev\",\"weight\":2}]";
    private static final String QUOTA =
            "{\"type\":\"UPDATE_QUOTA\",\"update_quota\":{\"quota_configs\":"
                    + "[{\"role\":\"dev\",\"limits\":{\"cpus\":{\"value\":2}}}]}}";

    private final AuthStandIn auth = new AuthStandIn();
    private TestMaster master;

    @BeforeEach
    void start(@TempDir Path directory) {
        auth.add(USER, "admin", StarterPolicies.ADMINISTRATORS)
                .add(USER, "vera", StarterPolicies.VIEWERS)
                .add(USER, "stranger")
                .add(SERVICE_ACCOUNT, "dana", StarterPolicies.developersOf(new Role("dev")))
                .add(SERVICE_ACCOUNT, "otto", StarterPolicies.developersOf(new Role("ops")));
        auth.book()
                .policy("dev", StarterPolicies.developer("dev", new Role("dev")))
                .policy("ops", StarterPolicies.developer("ops", new Role("ops")));
        master = TestMaster.startSecure(auth.settings(directory, "meseta-master"));
        Await.shortly()
                .until("the bundle is there", () -> as("admin").get("/flags").status() == 200);
    }

    @AfterEach
    void stop() {
        master.close();
        auth.close();
    }

    @Test
    void letsNobodyChangeRolesWhoMayNot() {
        for (var who : new String[] {"vera", "dana", "stranger"}) {
            assertThat(put(who).status()).as(who).isEqualTo(403);
            assertThat(call(who, QUOTA).status()).as(who).isEqualTo(403);
            assertThat(older(who).status()).as(who).isEqualTo(403);
            assertThat(remove(who).status()).as(who).isEqualTo(403);
        }
        assertThat(master.http().send("PUT", "/weights", bytes(WEIGHT)).status()).isEqualTo(401);

        assertThat(put("admin").status()).isEqualTo(200);
        assertThat(call("admin", QUOTA).status()).isEqualTo(200);
        assertThat(remove("admin").status()).isEqualTo(200);
        assertThat(older("admin").status()).isEqualTo(200);
    }

    @Test
    void tellsNobodyWhatIsConsumedWhoMayNotChangeIt() {
        var forced = QUOTA.replace("\"limits\"", "\"guarantees\"");

        assertThat(call("vera", forced).text()).isEqualTo("403 Forbidden.");
    }

    @Test
    void showsRolesToThoseWhoMaySeeThem() {
        put("admin");
        call("admin", QUOTA);

        for (var who : new String[] {"admin", "vera", "dana"}) {
            assertThat(as(who).get("/roles").text()).as(who).contains("\"name\":\"dev\"");
            assertThat(as(who).get("/weights").text()).as(who).contains("\"dev\"");
            assertThat(as(who).get("/quota").text()).as(who).contains("\"dev\"");
            assertThat(call(who, "{\"type\":\"GET_ROLES\"}").text()).as(who).contains("\"dev\"");
            assertThat(call(who, "{\"type\":\"GET_QUOTA\"}").text()).as(who).contains("\"dev\"");
        }
        for (var who : new String[] {"otto", "stranger"}) {
            assertThat(as(who).get("/roles").text()).as(who).isEqualTo("{\"roles\":[]}");
            assertThat(as(who).get("/weights").text()).as(who).isEqualTo("[]");
            assertThat(as(who).get("/quota").text()).as(who).isEqualTo("{}");
            assertThat(call(who, "{\"type\":\"GET_ROLES\"}").text())
                    .isEqualTo("{\"type\":\"GET_ROLES\",\"get_roles\":{}}");
            assertThat(call(who, "{\"type\":\"GET_WEIGHTS\"}").text())
                    .isEqualTo("{\"type\":\"GET_WEIGHTS\"}");
        }
    }

    private RawHttp as(String who) {
        return master.http().as(basic(who));
    }

    private RawHttp.Reply call(String who, String body) {
        return as(who).postJson("/api/v1", body);
    }

    private RawHttp.Reply put(String who) {
        return as(who).send("PUT", "/weights", bytes(WEIGHT));
    }

    private RawHttp.Reply older(String who) {
        return as(who).send(
                        "POST",
                        "/quota",
                        bytes(
                                "{\"role\":\"dev\",\"force\":true,\"guarantee\":["
                                        + "{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]}"));
    }

    private RawHttp.Reply remove(String who) {
        return as(who).send("DELETE", "/quota/dev", new byte[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
