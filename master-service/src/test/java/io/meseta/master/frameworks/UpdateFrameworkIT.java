package io.meseta.master.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.Samples;
import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.model.FrameworkId;
import io.meseta.testkit.Await;
import io.meseta.testkit.http.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UpdateFrameworkIT {

    private static final String MEMBERS =
            "\"user\":\"root\",\"name\":\"renamed\",\"roles\":[\"dev\",\"qa\"],"
                    + "\"failover_timeout\":5.0,\"capabilities\":[{\"type\":\"MULTI_ROLE\"}]";

    private static final String ON_RACK =
            """
            "offer_constraints":{"role_constraints":{"dev":{"groups":[{"attribute_constraints":[\
            {"selector":{"attribute_name":"rack"},"predicate":{"text_matches":{"regex":"%s"}}}\
            ]}]}}}\
            """;

    private TestMaster master;
    private ScriptedFramework framework;

    @BeforeEach
    void start() {
        master =
                TestMaster.start(
                        "meseta.master.roles.whitelist=dev,qa,ops",
                        "meseta.master.frameworks.root-submissions=true");
        framework = ScriptedFramework.subscribe(master.http(), Samples.MODERN);
    }

    @AfterEach
    void stop() {
        framework.close();
        master.close();
    }

    @Test
    void answersOnceTheFrameworkIsAnother() {
        var reply = update(MEMBERS, ",\"suppressed_roles\":[\"qa\"]");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
        var profile = known().profile();
        assertThat(profile.name()).isEqualTo("renamed");
        assertThat(profile.roles()).hasSize(2);
        var shown = master.http().get("/frameworks").text();
        assertThat(shown).contains("\"name\":\"renamed\"").contains("\"roles\":[\"dev\",\"qa\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"user\":\"nobody\",\"name\":\"n\"|FrameworkInfo update is not valid: Updating"
                        + " 'FrameworkInfo.user' is unsupported; attempted to update from 'root' to"
                        + " 'nobody'",
                "\"user\":\"root\",\"name\":\"n\",\"checkpoint\":true|FrameworkInfo update is not"
                        + " valid: Updating 'FrameworkInfo.checkpoint' is unsupported; attempted to"
                        + " update from 'false' to 'true'",
                "\"user\":\"root\",\"name\":\"n\",\"principal\":\"pp\"|FrameworkInfo update is not"
                        + " valid: Changing framework's principal is not allowed.",
                "\"user\":\"root\",\"name\":\"n\",\"roles\":[\"dev\"]|Supplied FrameworkInfo is"
                        + " not valid: 'FrameworkInfo.roles' must not be set when the framework is"
                        + " not MULTI_ROLE capable",
                "\"user\":\"root\",\"name\":\"n\",\"role\":\"web\"|Supplied FrameworkInfo is not"
                        + " valid: Roles { web } are not present in the master's --roles",
            })
    void refusesWhatAFrameworkCannotBecome(String members, String complaint) {
        var reply = update(members, "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).isEqualTo(complaint);
        assertThat(known().profile().name()).isEqualTo("modern");
    }

    @Test
    void refusesWishesThatMakeNoSense() {
        var suppressed = update(MEMBERS, ",\"suppressed_roles\":[\"zz\"]");
        assertThat(suppressed.status()).isEqualTo(400);
        assertThat(suppressed.text())
                .isEqualTo(
                        "'UpdateFramework' call is not valid: Suppressed roles { zz } are not"
                                + " contained in the set of roles");
        var constrained = update(MEMBERS, "," + ON_RACK.formatted("("));
        assertThat(constrained.status()).isEqualTo(400);
        assertThat(constrained.text())
                .isEqualTo(
                        "'UpdateFramework' call is not valid: Offer constraints are not valid: A"
                                + " role dev has an invalid 'AttributeConstraint': Failed to"
                                + " construct regex from pattern '(': missing ): (");
    }

    @Test
    void rescindsOffersOfRolesThatAreLeft() {
        try (var _ = ScriptedAgent.hello(master.http(), ScriptedAgent.machine().build())) {
            var offer = framework.offer();

            update(MEMBERS.replace("\"dev\",", ""), "");

            var rescind = framework.await("the rescind", Event::hasRescind).getRescind();
            assertThat(rescind.getOfferId()).isEqualTo(offer.getId());
            assertThat(framework.offer().getAllocationInfo().getRole()).isEqualTo("qa");
        }
    }

    @Test
    void offersOnlyWhatMeetsTheConstraintsAndShowsThem() {
        update(MEMBERS.replace(",\"qa\"", ""), "," + ON_RACK.formatted("r[12]"));
        assertThat(master.http().get("/frameworks").text())
                .contains("\"text_matches\":{\"regex\":\"r[12]\"}");
        try (var _ = ScriptedAgent.hello(master.http(), ScriptedAgent.machine("rack:r3").build());
                var wanted =
                        ScriptedAgent.hello(
                                master.http(), ScriptedAgent.machine("rack:r2").build())) {
            assertThat(framework.offer().getAgentId().getValue()).isEqualTo(wanted.id());
            assertThat(master.leadership().cluster().offers().size()).isEqualTo(1);

            update(MEMBERS.replace(",\"qa\"", ""), "");

            Await.shortly()
                    .until(
                            "the other is offered too",
                            () -> master.leadership().cluster().offers().size() == 2);
            assertThat(master.http().get("/frameworks").text())
                    .contains("\"offer_constraints\":{}");
        }
    }

    private io.meseta.master.core.framework.Framework known() {
        return master.leadership()
                .cluster()
                .framework(new FrameworkId(framework.id()))
                .orElseThrow();
    }

    private RawHttp.Reply update(String members, String rest) {
        return framework.call(
                "UPDATE_FRAMEWORK",
                "\"update_framework\":{\"framework_info\":{\"id\":{\"value\":\"%s\"},%s}%s}"
                        .formatted(framework.id(), members, rest));
    }
}
