package io.meseta.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.authorization.SubjectKind;
import io.meseta.authorization.starter.StarterPolicies;
import io.meseta.platform.TestApplication;
import io.meseta.platform.bundles.CurrentBundle;
import io.meseta.platform.testing.AuthStandIn;
import io.meseta.platform.testing.StandInBook;
import io.meseta.testkit.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;

final class CallerAddressIT {

    private static final String END = "10.0.0.9";
    private static final String TOLD = "192.0.2.7";

    @Test
    void believesOurGatewayAndNobodyElse(@TempDir Path directory) {
        try (var auth = new AuthStandIn()) {
            auth.add(SubjectKind.USER, "ann", "cluster-members")
                    .add(SubjectKind.SERVICE_ACCOUNT, "meseta-gateway", "cluster-members")
                    .add(SubjectKind.SERVICE_ACCOUNT, "other");
            StarterPolicies.texts().forEach(auth.book()::policy);
            long version = auth.publish();
            try (var service =
                    TestApplication.startSecure(auth.settings(directory, "meseta-master"))) {
                var current = service.context().getBean(CurrentBundle.class);
                Await.shortly().until("the bundle is there", () -> current.version() >= version);
                var addresses = service.context().getBean(CallerAddress.class);

                assertThat(addresses.of(request(TOLD, auth.bearer("meseta-gateway"))))
                        .isEqualTo(TOLD);
                for (var proof :
                        new String[] {
                            auth.bearer("ann"),
                            auth.bearer("other"),
                            "Bearer x.y.z",
                            StandInBook.basic("meseta-gateway"),
                            ""
                        }) {
                    assertThat(addresses.of(request(TOLD, proof))).as(proof).isEqualTo(END);
                }
                var odd = request("somewhere, 192.0.2.1", auth.bearer("meseta-gateway"));
                assertThat(addresses.of(odd)).isEqualTo(END);
            }
        }
    }

    private static MockHttpServletRequest request(String told, String proof) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(END);
        request.addHeader(CallerAddress.TOLD, told);
        request.addHeader(CallerAddress.PROOF, proof);
        return request;
    }
}
