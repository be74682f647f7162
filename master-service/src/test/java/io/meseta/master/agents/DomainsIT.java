package io.meseta.master.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.ScriptedAgent;
import io.meseta.master.testing.ScriptedFramework;
import io.meseta.master.testing.TestMaster;
import io.meseta.mesos.v1.DomainInfo;
import io.meseta.mesos.v1.DomainInfo.FaultDomain;
import io.meseta.testkit.http.RawHttp;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import org.junit.jupiter.api.Test;

final class DomainsIT {

    private static final String LINK = "/api/meseta/v1/agent-link";

    private static final String LOCAL =
            """
            {"user":"root","name":"local","roles":["dev"],"capabilities":[{"type":"MULTI_ROLE"}]}\
            """;

    private static final String REGIONAL =
            """
            {"user":"root","name":"regional","roles":["dev"],\
            "capabilities":[{"type":"MULTI_ROLE"},{"type":"REGION_AWARE"}]}\
            """;

    @Test
    void offersAnotherRegionOnlyToThoseWhoKnowRegions() {
        try (var master = TestMaster.start("meseta.master.advertise.domain=here/z1");
                var _ =
                        ScriptedAgent.hello(
                                master.http(), in("there", "z1"), ScriptedAgent.running());
                var local = ScriptedFramework.subscribe(master.http(), LOCAL);
                var regional = ScriptedFramework.subscribe(master.http(), REGIONAL)) {
            var offer = regional.offer();

            assertThat(offer.getDomain().getFaultDomain().getRegion().getName()).isEqualTo("there");
            assertThat(local.events()).noneMatch(event -> event.hasOffers());
            assertThat(master.http().get("/state").text())
                    .contains("\"domain\":{\"fault_domain\":{\"region\":{\"name\":\"here\"}");
        }
    }

    @Test
    void refusesADomainWhereThereIsNone() {
        try (var master = TestMaster.start()) {
            var refused = hello(master.http(), in("here", "z1"));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .isEqualTo("The agent has a fault domain, and this master has none");
        }
    }

    @Test
    void refusesAnAgentWithoutADomainWhereOneIsRequired() {
        try (var master =
                TestMaster.start(
                        "meseta.master.advertise.domain=here/z1",
                        "meseta.master.advertise.require-agent-domain=true")) {
            var refused = hello(master.http(), ScriptedAgent.machine().build());

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text())
                    .isEqualTo("The agent has no fault domain, and this master requires one");
        }
    }

    private static Hello in(String region, String zone) {
        var fault =
                FaultDomain.newBuilder()
                        .setRegion(FaultDomain.RegionInfo.newBuilder().setName(region))
                        .setZone(FaultDomain.ZoneInfo.newBuilder().setName(zone));
        var hello = ScriptedAgent.machine();
        hello.getAgentInfoBuilder().setDomain(DomainInfo.newBuilder().setFaultDomain(fault));
        return hello.build();
    }

    private static RawHttp.Reply hello(RawHttp http, Hello hello) {
        var call = AgentCall.newBuilder().setHello(hello).build();
        return http.send("POST", LINK, call.toByteArray(), "Content-Type: application/x-protobuf");
    }
}
