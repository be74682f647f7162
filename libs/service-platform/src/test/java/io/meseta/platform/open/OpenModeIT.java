package io.meseta.platform.open;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.platform.RawClient;
import io.meseta.platform.TestApplication;
import io.meseta.platform.start.ServiceStart;
import io.meseta.platform.start.StartRefused;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenModeIT {

    private static TestApplication.Running service;

    @BeforeAll
    static void start() {
        service = TestApplication.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:5050", "127.0.0.1", "127.8.9.1:80", "[::1]:1"})
    void answersThisMachine(String host) throws IOException {
        assertThat(get("/master/frameworks", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:5050",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "10.0.0.1",
                "0.0.0.0",
                "[::]",
                "[fe80::1]:5050",
                "2130706433x",
            })
    void refusesEveryOtherHost(String host) throws IOException {
        assertThat(get("/master/frameworks", "Host: " + host))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("such as localhost.\n");
        assertThat(get("/api/meseta/v1/hello", "Host: " + host))
                .startsWith("HTTP/1.1 403 ")
                .contains("problem:forbidden");
        assertThat(get("/actuator/prometheus", "Host: " + host)).startsWith("HTTP/1.1 403 ");
    }

    @Test
    void refusesAnotherHostInTheRequestsTarget() throws IOException {
        assertThat(get("http://evil.example/master/frameworks", "Host: evil.example"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(get("http://evil.example/master/frameworks", "Host: localhost"))
                .containsPattern("HTTP/1.1 40[03] ");
        assertThat(get("http://localhost/master/frameworks", "Host: evil.example"))
                .containsPattern("HTTP/1.1 40[03] ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://evil.example:5050"})
    void refusesPagesOfOtherSites(String origin) throws IOException {
        assertThat(get("/master/frameworks", "Host: localhost\nOrigin: " + origin))
                .startsWith("HTTP/1.1 403 ")
                .endsWith("pages of other sites.\n");
    }

    @Test
    void answersPagesOfThisMachine() throws IOException {
        assertThat(get("/master/frameworks", "Host: localhost\nOrigin: http://localhost:3000"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void looksAtNoCredentials() throws IOException {
        assertThat(get("/master/frameworks", "Host: localhost\nAuthorization: Basic eDp5"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesToStartUnlessToldToBeOpen() {
        assertThatThrownBy(() -> ServiceStart.run(TestApplication.class, "--server.port=0"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("--meseta.open=true")
                .hasMessageContaining(
                        "meseta.auth.url, meseta.auth.trust-file, meseta.auth.state-dir,"
                                + " meseta.auth.principal, meseta.auth.secret-file")
                .hasMessageNotContaining("\n");
    }

    @Test
    void namesOnlyWhatIsMissing() {
        assertThatThrownBy(() ->
                        ServiceStart.run(
                                TestApplication.class,
                                "--meseta.auth.url=http://localhost:1",
                                "--meseta.auth.trust-file=/t",
                                "--meseta.auth.join-token-file=/j"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("needs meseta.auth.state-dir. ");
    }

    @Test
    void refusesToBeOpenAndSecureAtOnce() {
        assertThatThrownBy(() -> TestApplication.start("--meseta.auth.principal=x"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("meseta.auth.principal is set");
    }

    @Test
    void refusesARouteThatSaysNothingHereToo() throws IOException {
        assertThat(get("/api/meseta/v1/unsaid", "Host: localhost")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.168.1.1", "example.org"})
    void refusesToListenToOtherMachines(String address) {
        assertThatThrownBy(() -> TestApplication.start("--server.address=" + address))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("loopback")
                .hasMessageContaining(address);
    }

    @Test
    void exitsWithACodeOfItsOwn() {
        assertThat(new StartRefused("x").getExitCode()).isEqualTo(2);
    }

    private static String get(String target, String head) throws IOException {
        return RawClient.ask(
                service.port(), "GET " + target + " HTTP/1.1\n" + head + "\nConnection: close\n\n");
    }
}
