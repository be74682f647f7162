package io.meseta.master.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.master.testing.TestMaster;
import io.meseta.testkit.http.RawHttp;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How roles share, said over HTTP.
final class SharingIT {

    private static final String ROUTE = "/api/meseta/v1/sharing";

    private static TestMaster master;
    private static RawHttp http;

    @BeforeAll
    static void start() {
        master = TestMaster.start();
        http = master.http();
    }

    @AfterAll
    static void stop() {
        master.close();
    }

    @Test
    void keepsWhatIsSaidUntilItIsTakenAway() {
        assertThat(put("eng", "{\"lends\":true}")).isEqualTo(204);
        assertThat(put("eng", "{\"lends\":true}")).isEqualTo(204);

        var said =
                "{\"role\":\"%s\",\"lends\":true,\"priority\":0,\"preempts\":false,\"optimistic\":false}";
        assertThat(http.get(ROUTE + "/eng").text()).isEqualTo(said.formatted("eng"));
        // The role below does as the one above.
        assertThat(http.get(ROUTE + "/eng/web").text()).isEqualTo(said.formatted("eng/web"));
        assertThat(http.get(ROUTE).text())
                .isEqualTo("{\"roles\":[" + said.formatted("eng") + "],\"next\":\"\"}");

        assertThat(http.send("DELETE", ROUTE + "/eng", new byte[0]).status()).isEqualTo(204);
        assertThat(http.send("DELETE", ROUTE + "/eng", new byte[0]).status()).isEqualTo(204);
        assertThat(http.get(ROUTE).text()).isEqualTo("{\"roles\":[],\"next\":\"\"}");
    }

    @Test
    void keepsWhoIsOfferedWhatOthersAre() {
        assertThat(put("spot", "{\"lends\":false,\"optimistic\":true}")).isEqualTo(204);

        assertThat(http.get(ROUTE + "/spot").text())
                .isEqualTo(
                        "{\"role\":\"spot\",\"lends\":false,\"priority\":0,\"preempts\":false,"
                                + "\"optimistic\":true}");
        assertThat(http.send("DELETE", ROUTE + "/spot", new byte[0]).status()).isEqualTo(204);
    }

    @Test
    void keepsWhoComesFirst() {
        assertThat(put("prod", "{\"lends\":false,\"priority\":10,\"preempts\":true}"))
                .isEqualTo(204);

        assertThat(http.get(ROUTE + "/prod").text())
                .isEqualTo(
                        "{\"role\":\"prod\",\"lends\":false,\"priority\":10,\"preempts\":true,"
                                + "\"optimistic\":false}");
        assertThat(http.send("DELETE", ROUTE + "/prod", new byte[0]).status()).isEqualTo(204);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(put("eng", "{\"lends\":true,\"priority\":1001}")).isEqualTo(400);
        assertThat(put("eng", "{\"lends\":true,\"priority\":\"high\"}")).isEqualTo(400);
        assertThat(put("eng", "{\"lends\":\"perhaps\"}")).isEqualTo(400);
        assertThat(put("eng", "{\"lends\":true,\"optimistic\":\"very\"}")).isEqualTo(400);
        assertThat(put("eng", "[]")).isEqualTo(400);
        assertThat(put("eng", "")).isEqualTo(400);
        assertThat(put("-eng", "{}")).isEqualTo(400);
        assertThat(http.get(ROUTE + "?limit=0").status()).isEqualTo(400);
    }

    private static int put(String role, String wish) {
        return http.send(
                        "PUT",
                        ROUTE + "/" + role,
                        wish.getBytes(StandardCharsets.UTF_8),
                        "Content-Type: application/json")
                .status();
    }
}
