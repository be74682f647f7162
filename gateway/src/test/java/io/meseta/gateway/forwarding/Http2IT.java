package io.meseta.gateway.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.gateway.catalogue.CatalogueFollower;
import io.meseta.gateway.testing.StandInInstance;
import io.meseta.gateway.testing.StandInMaster;
import io.meseta.gateway.testing.TestGateway;
import io.meseta.testkit.Await;
import java.io.DataInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What gRPC needs: HTTP/2 with prior knowledge on both sides, both directions at once, trailers.
final class Http2IT {

    private final Server server = new Server();
    private final StandInMaster master = new StandInMaster();
    private final HttpClient client =
            new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        var settings = new HttpConfiguration();
        var connector =
                new ServerConnector(
                        server,
                        new HttpConnectionFactory(settings),
                        new HTTP2CServerConnectionFactory(settings));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Echo());
        server.start();
        client.start();
        master.tell(
                StandInInstance.snapshot(
                        1, StandInInstance.task("greeter", connector.getLocalPort(), "grpc")));
        gateway = TestGateway.open("--meseta.gateway.masters=" + master.address());
        var catalogue = gateway.bean(CatalogueFollower.class);
        Await.shortly()
                .until(
                        "the service is known",
                        () -> !catalogue.current().live("greeter").isEmpty());
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        gateway.close();
        server.stop();
        master.close();
    }

    /// Sends back what comes, as it comes, and says at the end how it went.
    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put("content-type", "application/grpc");
            response.getHeaders().put("x-te", "" + request.getHeaders().get("te"));
            response.getHeaders()
                    .put("x-version", request.getConnectionMetaData().getHttpVersion().asString());
            response.setTrailersSupplier(() -> HttpFields.build().put("grpc-status", "7"));
            Content.copy(request, response, callback);
            return true;
        }
    }

    @Test
    void passesBothDirectionsAndTheTrailers() throws Exception {
        var body = new AsyncRequestContent("application/grpc");
        var answer = new InputStreamResponseListener();
        var trailers = new CompletableFuture<HttpFields>();
        client.newRequest("127.0.0.1", gateway.port())
                .method("POST")
                .path("/services/greeter/pkg.Greeter/Chat")
                .headers(headers -> headers.put("te", "trailers"))
                .body(body)
                .onComplete(result -> trailers.complete(result.getResponse().getTrailers()))
                .send(answer);

        body.write(ByteBuffer.wrap("first".getBytes(UTF_8)), Callback.NOOP);
        body.flush();
        var head = answer.get(10, TimeUnit.SECONDS);
        assertThat(head.getHeaders().get("x-te")).isEqualTo("trailers");
        assertThat(head.getHeaders().get("x-version")).isEqualTo("HTTP/2.0");
        InputStream in = answer.getInputStream();
        // Not readNBytes, which asks this stream for nothing at its end, and waits for it.
        var first = new byte[5];
        new DataInputStream(in).readFully(first);
        assertThat(first).asString().isEqualTo("first");
        body.write(ByteBuffer.wrap("second".getBytes(UTF_8)), Callback.NOOP);
        body.close();
        assertThat(in.readAllBytes()).asString().isEqualTo("second");

        assertThat(trailers.get(10, TimeUnit.SECONDS).get("grpc-status")).isEqualTo("7");
    }

    @Test
    void answersItsOwnRoutesByHttp2Too() throws Exception {
        var answer =
                client.newRequest("127.0.0.1", gateway.port())
                        .path("/api/gateway/v1/services")
                        .timeout(10, TimeUnit.SECONDS)
                        .send();

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getContentAsString()).contains("greeter");
    }
}
