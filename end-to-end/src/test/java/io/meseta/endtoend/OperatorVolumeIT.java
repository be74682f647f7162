package io.meseta.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.endtoend.harness.Running;
import io.meseta.endtoend.harness.Setup;
import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An operator reserves, makes a volume, and undoes it all; master and agent are killed in between.
final class OperatorVolumeIT {

    @RegisterExtension
    static final Running RUNNING = Running.cluster(Setup.named("operator-volume"));

    private static final Duration FOLLOWING_MAX = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String RESERVED =
            "{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":64},"
                    + "\"reservations\":[{\"type\":\"DYNAMIC\",\"role\":\"ops\"}]}";

    private static final String VOLUME =
            RESERVED.replaceFirst(
                    "}$",
                    ",\"disk\":{\"persistence\":{\"id\":\"kept\"},"
                            + "\"volume\":{\"container_path\":\"d\",\"mode\":\"RW\"}}}");

    @Test
    void keepsAVolumeUntilItIsDestroyed() throws Exception {
        var cluster = RUNNING.cluster();
        var volume = cluster.workDirectory(1).resolve("volumes/roles/ops/kept");

        assertThat(call("RESERVE_RESOURCES", "resources", RESERVED)).isEqualTo(202);
        assertThat(form("/create-volumes", "volumes", VOLUME)).isEqualTo(202);
        Await.within(FOLLOWING_MAX).until("the volume is there", () -> Files.isDirectory(volume));
        Files.writeString(volume.resolve("file"), "precious");

        cluster.master().kill();
        cluster.agent(1).kill();
        cluster.master().start();
        cluster.agent(1).start();
        cluster.awaitMaster();
        cluster.awaitAgents(1);
        assertThat(slaves()).contains("\"id\":\"kept\"");
        assertThat(call("CREATE_VOLUMES", "volumes", VOLUME)).isEqualTo(400);
        assertThat(volume.resolve("file")).hasContent("precious");

        assertThat(call("DESTROY_VOLUMES", "volumes", VOLUME)).isEqualTo(202);
        Await.within(FOLLOWING_MAX).until("the data is gone", () -> !Files.exists(volume));
        assertThat(form("/master/unreserve", "resources", RESERVED)).isEqualTo(202);
        assertThat(slaves()).contains("\"reserved_resources\":{}");
    }

    private static String agent() {
        return RUNNING.cluster().client().agents().getAgents(0).getAgentInfo().getId().getValue();
    }

    private static int call(String type, String field, String resource)
            throws IOException, InterruptedException {
        var body =
                "{\"type\":\"%s\",\"%s\":{\"agent_id\":{\"value\":\"%s\"},\"%s\":[%s]}}"
                        .formatted(type, type.toLowerCase(Locale.ROOT), agent(), field, resource);
        return send(request("/api/v1")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static int form(String path, String field, String resource)
            throws IOException, InterruptedException {
        var body =
                "slaveId=%s&%s=%s"
                        .formatted(
                                agent(),
                                field,
                                URLEncoder.encode("[" + resource + "]", StandardCharsets.UTF_8));
        return send(request(path).POST(BodyPublishers.ofString(body))).statusCode();
    }

    private static String slaves() throws IOException, InterruptedException {
        return send(request("/slaves")).body();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(RUNNING.cluster().masterEndpoint().base() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
