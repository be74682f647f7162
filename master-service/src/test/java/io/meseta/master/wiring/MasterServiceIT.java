package io.meseta.master.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meseta.master.MasterService;
import io.meseta.master.engine.EffectRunner;
import io.meseta.master.leadership.Leadership;
import io.meseta.master.leadership.Leadership.Role;
import io.meseta.platform.start.StartRefused;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.KillableDatabase;
import io.meseta.testkit.database.TestDatabase;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;

/// The whole process, with a database that dies and comes back.
final class MasterServiceIT {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();

    /// For as long as no room acts upon what is committed.
    @Configuration(proxyBeanMethods = false)
    static class NoEffects {

        @Bean
        @Fallback
        EffectRunner noEffects() {
            return _ -> {};
        }
    }

    @Test
    void leadsAndSaysSoAndSurvivesItsDatabase() throws Exception {
        try (var server = KillableDatabase.start();
                var context = start(server.database().jdbcUrl(), "--meseta.master.lease=1s")) {
            Await.within(LONG).until("it is ready", () -> readiness(context) == 200);
            var leadership = context.getBean(Leadership.class);
            var leading = leading(leadership).orElseThrow();
            var meters = get(context, "/actuator/prometheus").body();
            assertThat(meters)
                    .contains("meseta_journal_append_seconds_count")
                    .contains("meseta_journal_entry_events_count")
                    .contains("meseta_lease_renewals_total")
                    .contains("meseta_writer_inbox")
                    .contains("meseta_leadership_role{role=\"leading\"")
                    .contains("meseta_feature_level{", "meseta_feature_level_newest{");
            assertThat(get(context, "/api/meseta/v1/levels").body())
                    .contains("\"active\":1,\"possible\":1,\"raisedAt\":\"\"")
                    .contains("\"oldest\":1,\"newest\":1,\"leads\":true");

            server.kill();
            Await.within(LONG).until("it is not ready", () -> readiness(context) == 503);
            assertThat(get(context, "/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(leadership.writer()).isEmpty();
            server.restart();

            Await.within(LONG).until("it is ready again", () -> readiness(context) == 200);
            assertThat(leading(leadership).orElseThrow().epoch()).isGreaterThan(leading.epoch());
        }
    }

    @Test
    void saysInOneLineThatTheDatabaseIsAway() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/meseta?user=someone&password=secret";

        assertThatThrownBy(() -> start(url, "--meseta.master.database-wait=1s"))
                .isInstanceOfSatisfying(
                        Exception.class,
                        failure ->
                                assertThat(refusal(failure))
                                        .contains("127.0.0.1:" + port)
                                        .contains("can't be reached")
                                        .contains("--spring.datasource.url")
                                        .doesNotContain("secret")
                                        .doesNotContain("\n"));
    }

    @Test
    void saysInOneLineThatTheDatabaseDoesNotLetItIn() {
        var url = TestDatabase.fresh().jdbcUrl().replaceFirst("user=[^&]*", "user=nobody");

        assertThatThrownBy(() -> start(url))
                .isInstanceOfSatisfying(
                        Exception.class,
                        failure ->
                                assertThat(refusal(failure))
                                        .contains("does not let this service in")
                                        .contains("nobody")
                                        .doesNotContain("\n"));
    }

    @Test
    void saysInOneLineThatTheDatabaseIsUnsafe() {
        assertThatThrownBy(() -> start(TestDatabase.fresh().jdbcUrl()))
                .isInstanceOfSatisfying(
                        Exception.class,
                        failure -> assertThat(refusal(failure)).contains("fsync = off"));
    }

    private static String refusal(Throwable failure) {
        for (var at = failure; at != null; at = at.getCause())
            if (at instanceof StartRefused refused) return "" + refused.getMessage();
        throw new AssertionError("not refused in one line", failure);
    }

    private static ConfigurableApplicationContext start(String url, String... arguments) {
        var application = new SpringApplication(MasterService.class, NoEffects.class);
        var all = new ArrayList<>(List.of(arguments));
        all.add("--spring.datasource.url=" + url);
        all.add("--server.port=0");
        all.add("--meseta.open=true");
        return application.run(all.toArray(String[]::new));
    }

    private static Optional<Role.Leading> leading(Leadership leadership) {
        return leadership.role() instanceof Role.Leading leading
                ? Optional.of(leading)
                : Optional.empty();
    }

    private int readiness(ConfigurableApplicationContext context) throws Exception {
        return get(context, "/actuator/health/readiness").statusCode();
    }

    private HttpResponse<String> get(ConfigurableApplicationContext context, String path)
            throws Exception {
        var server = ((ServletWebServerApplicationContext) context).getWebServer();
        var port = Objects.requireNonNull(server).getPort();
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(LONG)
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
