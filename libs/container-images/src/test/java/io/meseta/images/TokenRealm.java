package io.meseta.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Gives tokens for a registry to whoever knows its password, as Docker's specification has it.
final class TokenRealm implements AutoCloseable {

    static final String SERVICE = "registry-of-tests";
    static final String ISSUER = "realm-of-tests";

    private static final String STORE_PASSWORD = "changeit";
    private static final long KEYTOOL_SECONDS_MAX = 60;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final HttpServer server;

    private TokenRealm(PrivateKey key, X509Certificate certificate) throws IOException {
        this.key = key;
        this.certificate = certificate;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::answer);
        server.start();
    }

    /// @param directory where the certificate is left for the registry, as `realm.pem`
    static TokenRealm start(Path directory) throws IOException {
        var file = directory.resolve("realm.p12");
        try {
            make(file);
            var store = KeyStore.getInstance(file.toFile(), STORE_PASSWORD.toCharArray());
            var key = (PrivateKey) store.getKey("k", STORE_PASSWORD.toCharArray());
            var certificate = (X509Certificate) store.getCertificate("k");
            var pem = Base64.getMimeEncoder(64, new byte[] {'\n'});
            Files.writeString(
                    directory.resolve("realm.pem"),
                    "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                            .formatted(pem.encodeToString(certificate.getEncoded())));
            return new TokenRealm(key, certificate);
        } catch (GeneralSecurityException failure) {
            throw new IOException("no key can be made", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private static void make(Path file) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var words =
                "-genkeypair -alias k -keyalg RSA -keysize 2048 -dname CN=realm -validity 2"
                        + " -storetype PKCS12 -storepass "
                        + STORE_PASSWORD
                        + " -keystore";
        var command = new ArrayList<String>();
        command.add(keytool);
        command.addAll(Arrays.asList(words.split(" ", -1)));
        command.add(file.toString());
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(KEYTOOL_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0)
            throw new IOException("keytool has made no key");
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String address() {
        return "http://" + host() + "/token";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var given = exchange.getRequestHeaders().getFirst("Authorization");
            if (!DebianRegistry.basic().equals(given)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var scope =
                    Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
                            .filter(part -> part.startsWith("scope="))
                            .map(part -> URLDecoder.decode(part.substring(6), UTF_8))
                            .collect(Collectors.joining());
            var body = "{\"token\": \"%s\", \"expires_in\": 300}".formatted(token(scope));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(UTF_8));
        }
    }

    /// @param scope such as `repository:team/app:pull`
    String token(String scope) throws IOException {
        var parts = scope.split(":", -1);
        // When the key was made, a moment ago.
        long now = certificate.getNotBefore().toInstant().getEpochSecond();
        var actions =
                Arrays.stream(parts[2].split(",", -1))
                        .map(action -> "\"" + action + "\"")
                        .collect(Collectors.joining(","));
        try {
            var header =
                    "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"%s\"]}"
                            .formatted(
                                    Base64.getEncoder().encodeToString(certificate.getEncoded()));
            var claims =
                    """
                    {"iss":"%s","sub":"%s","aud":"%s","iat":%d,"nbf":%d,"exp":%d,"jti":"%s",\
                    "access":[{"type":"repository","name":"%s","actions":[%s]}]}\
                    """
                            .formatted(
                                    ISSUER,
                                    DebianRegistry.USER,
                                    SERVICE,
                                    now,
                                    now,
                                    now + 86_400,
                                    Long.toHexString(System.nanoTime()),
                                    parts[1],
                                    actions);
            var url = Base64.getUrlEncoder().withoutPadding();
            var text =
                    url.encodeToString(header.getBytes(UTF_8))
                            + "."
                            + url.encodeToString(claims.getBytes(UTF_8));
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return text + "." + url.encodeToString(signature.sign());
        } catch (GeneralSecurityException failure) {
            throw new IOException("no token can be signed", failure);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
