package io.meseta.platform.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meseta.authorization.SubjectKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// An auth-service on a port of its own, as far as the other services need one: it gives tokens,
/// takes agents in, and holds requests for bundles until there is a new one.
public final class AuthStandIn implements AutoCloseable {

    /// The secret that lets an agent in.
    public static final String JOIN_TOKEN = "join-token-of-the-stand-in";

    private static final Duration HOLD = Duration.ofSeconds(25);
    private static final Pattern JSON_TEXT = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"]*)\"");

    private final InstantSource clock = InstantSource.system();
    private final StandInBook book = new StandInBook();
    private final StandInKeys keys = new StandInKeys("first");
    private final Map<String, ECPublicKey> agents = new ConcurrentHashMap<>();
    private final AtomicInteger joins = new AtomicInteger();
    private final AtomicInteger grants = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile byte[] newest = new byte[0];
    private HttpServer server;

    public AuthStandIn() {
        server = serve(0);
    }

    private HttpServer serve(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var made = HttpServer.create(address, 0);
            made.createContext("/auth/oauth2/token", guarded(this::token));
            made.createContext("/auth/v1/agents:join", guarded(this::join));
            made.createContext("/auth/v1/bundle", guarded(this::bundle));
            made.setExecutor(workers);
            made.start();
            return made;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Who there is; a change counts after [#publish].
    public StandInBook book() {
        return book;
    }

    public StandInKeys keys() {
        return keys;
    }

    public Instant now() {
        return clock.instant();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// How many agents have been let in.
    public int joins() {
        return joins.get();
    }

    /// How many tokens have been given.
    public int grants() {
        return grants.get();
    }

    /// Adds principals with secrets and publishes: `add(USER, "ann", "administrators")`.
    public AuthStandIn add(SubjectKind kind, String name, String... groups) {
        book.add(kind, name, groups);
        return this;
    }

    /// Makes a bundle of all that is in the book, and hands it to those who wait.
    ///
    /// @return its version
    public long publish() {
        lock.lock();
        try {
            newest = keys.sign(book.bundle(keys, clock.instant()));
            changed.signalAll();
            return book.version();
        } finally {
            lock.unlock();
        }
    }

    /// The Authorization header of a principal with a good token.
    public String bearer(String name) {
        return "Bearer " + keys.sign(book.claims(name, clock.instant()).build());
    }

    /// Settings for a service with the account `name`, whose files lie in `directory`.
    public List<String> settings(Path directory, String name) {
        book.add(SubjectKind.SERVICE_ACCOUNT, name, "cluster-members");
        if (newest.length == 0) publish();
        return List.of(
                "--meseta.auth.url=http://127.0.0.1:" + port(),
                "--meseta.auth.trust-file=" + write(directory, "trust", keys.trustLine()),
                "--meseta.auth.state-dir=" + directory.resolve("auth-state"),
                "--meseta.auth.principal=" + name,
                "--meseta.auth.secret-file=" + write(directory, "secret", name + "-secret"));
    }

    /// Settings for an agent that has not joined yet.
    public List<String> agentSettings(Path directory) {
        if (newest.length == 0) publish();
        return List.of(
                "--meseta.auth.url=http://127.0.0.1:" + port(),
                "--meseta.auth.trust-file=" + write(directory, "trust", keys.trustLine()),
                "--meseta.auth.state-dir=" + directory.resolve("auth-state"),
                "--meseta.auth.join-token-file=" + write(directory, "join-token", JOIN_TOKEN));
    }

    private static Path write(Path directory, String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Goes away, and hangs up on all who wait.
    public void stop() {
        server.stop(0);
    }

    /// Comes back at the same port.
    public void restart() {
        server = serve(port());
    }

    @Override
    public void close() {
        stop();
        workers.shutdownNow();
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws Exception;
    }

    private static com.sun.net.httpserver.HttpHandler guarded(Answering answering) {
        return exchange -> {
            try (exchange) {
                answering.answer(exchange);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IOException failure) {
                throw failure;
            } catch (Exception failure) {
                send(exchange, 500, failure.toString());
            }
        };
    }

    private void token(HttpExchange exchange) throws Exception {
        var form =
                form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var principal =
                form.containsKey("client_assertion")
                        ? byKey(form)
                        : bySecret(exchange.getRequestHeaders().getFirst("Authorization"));
        if (principal.isEmpty()) {
            send(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        grants.incrementAndGet();
        var token = bearer(principal.get()).substring("Bearer ".length());
        send(
                exchange,
                200,
                "{\"access_token\":\""
                        + token
                        + "\",\"token_type\":\"Bearer\",\"expires_in\":600}");
    }

    private Optional<String> bySecret(String header) {
        if (header == null || !header.startsWith("Basic ")) return Optional.empty();
        var pair =
                new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8)
                        .split(":", 2);
        var name = URLDecoder.decode(pair[0], StandardCharsets.UTF_8);
        var secret = URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
        return Optional.of(name).filter(each -> book.isKnown(each, secret));
    }

    private Optional<String> byKey(Map<String, String> form) throws ParseException, JOSEException {
        var assertion = SignedJWT.parse(form.get("client_assertion"));
        var name = assertion.getJWTClaimsSet().getSubject();
        var key = agents.get(name);
        if (key == null || !name.equals(form.get("client_id"))) return Optional.empty();
        return Optional.of(name)
                .filter(_ -> {
                    try {
                        return assertion.verify(new ECDSAVerifier(key));
                    } catch (JOSEException _) {
                        return false;
                    }
                });
    }

    private void join(HttpExchange exchange) throws IOException, GeneralSecurityException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var fields = new HashMap<String, String>();
        var matcher = JSON_TEXT.matcher(body);
        while (matcher.find()) fields.put(matcher.group(1), matcher.group(2));
        if (!JOIN_TOKEN.equals(fields.get("join_token"))) {
            send(exchange, 403, "{\"detail\":\"The join token is not good.\"}");
            return;
        }
        var bytes = Base64.getDecoder().decode(fields.get("public_key"));
        var key =
                (ECPublicKey)
                        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(bytes));
        var name = "agent/" + joins.incrementAndGet();
        agents.put(name, key);
        book.addAgent(name);
        send(exchange, 201, "{\"principal\":\"" + name + "\"}");
    }

    private void bundle(HttpExchange exchange) throws IOException, InterruptedException {
        var header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            send(exchange, 401, "{}");
            return;
        }
        long after = Long.parseLong(exchange.getRequestURI().getQuery().replace("after=", ""));
        lock.lock();
        try {
            long left = HOLD.toNanos();
            while (book.version() <= after && left > 0) left = changed.awaitNanos(left);
        } finally {
            lock.unlock();
        }
        var bytes = newest;
        if (book.version() <= after) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> form(String text) {
        var fields = new HashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var halves = pair.split("=", 2);
            fields.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /// How long a test may wait for what a new bundle changes.
    public static final long PATIENCE_SECONDS = TimeUnit.MINUTES.toSeconds(1);
}
