package io.meseta.gateway.forwarding;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends requests on, and their answers back.
public final class Forwarder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

    /// How often requests under way are looked at.
    private static final Duration ROUND = Duration.ofMillis(250);

    private static final Duration IDLE_MAX = Duration.ofSeconds(30);
    private static final int HEADERS_MAX = 64 * 1024;
    private static final int THREADS = 16;

    private final Limits limits;
    private final HttpClient http1;
    private final HttpClient http2;
    private final Set<WebSocketTunnel> tunnels = ConcurrentHashMap.newKeySet();
    private final Set<Passage> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("forward-rounds").factory());

    /// How long is waited, and how much is held.
    ///
    /// @param connectMax for a connection to be there
    /// @param firstByteMax from the end of the request to the first byte of its answer; an answer
    ///   that has begun may take for ever
    /// @param connectionsMax to one upstream
    /// @param tunnelIdleMax a WebSocket on which nothing moves for so long is closed
    public record Limits(
            Duration connectMax,
            Duration firstByteMax,
            int connectionsMax,
            Duration tunnelIdleMax) {}

    public Forwarder(Limits limits) {
        this.limits = limits;
        this.http1 = client(new HttpClientTransportOverHTTP(connector("forward")));
        this.http2 =
                client(new HttpClientTransportOverHTTP2(new HTTP2Client(connector("forward-h2"))));
    }

    private ClientConnector connector(String name) {
        var threads = new QueuedThreadPool(THREADS);
        threads.setName(name);
        threads.setDaemon(true);
        var connector = new ClientConnector();
        connector.setExecutor(threads);
        connector.setSelectors(1);
        connector.setConnectTimeout(limits.connectMax());
        return connector;
    }

    private HttpClient client(HttpClientTransport transport) {
        // Our call-backs never wait, so no other thread is needed for them.
        transport.setInvocationType(InvocationType.NON_BLOCKING);
        var client = new HttpClient(transport);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setConnectTimeout(limits.connectMax().toMillis());
        client.setIdleTimeout(IDLE_MAX.toMillis());
        client.setMaxConnectionsPerDestination(limits.connectionsMax());
        client.setMaxRequestsQueuedPerDestination(limits.connectionsMax());
        client.setMaxResponseHeadersSize(HEADERS_MAX);
        client.setDestinationIdleTimeout(IDLE_MAX.toMillis());
        return client;
    }

    public void start() {
        var _ =
                rounds.scheduleAtFixedRate(
                        this::look, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        try {
            for (var client : new HttpClient[] {http1, http2}) {
                client.start();
                client.getContentDecoderFactories().clear();
                var handlers = client.getProtocolHandlers();
                handlers.clear();
                handlers.put(new ContinueProtocolHandler());
                handlers.put(new ProcessingProtocolHandler());
                handlers.put(new EarlyHintsProtocolHandler());
            }
        } catch (Exception failure) {
            throw new IllegalStateException("the client of the data path does not start", failure);
        }
    }

    /// Sends one request on. Returns at once, but for a WebSocket, which is connected first.
    ///
    /// @param onEnd told once how it ended; unless the answer was passed on or broke off, it has to
    ///   answer `inbound`, or to send it elsewhere
    public void send(Inbound inbound, Errand errand, Consumer<Ending> onEnd) {
        if (inbound.isWebSocket()) {
            new Handshake(inbound, errand, limits, tunnels).shake(onEnd);
            return;
        }
        var client = errand.to().protocol() == Upstream.Protocol.HTTP2 ? http2 : http1;
        new Passage(client, underWay, limits, inbound, errand, onEnd).start();
    }

    private void look() {
        long now = System.nanoTime();
        for (var passage : underWay) look(() -> passage.look(now));
        for (var tunnel : tunnels) look(tunnel::look);
    }

    private static void look(Runnable at) {
        try {
            at.run();
        } catch (RuntimeException failure) {
            // The others must be looked at all the same.
            LOG.atError().setCause(failure).log("A request under way cannot be looked at");
        }
    }

    /// How many tunnels are open. For metrics.
    public int tunnels() {
        return tunnels.size();
    }

    @Override
    public void close() {
        rounds.shutdownNow();
        try {
            http1.stop();
            http2.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the client of the data path does not stop", failure);
        }
    }
}
