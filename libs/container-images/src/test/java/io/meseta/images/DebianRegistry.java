package io.meseta.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meseta.images.manifest.MediaTypes;
import io.meseta.images.reference.Digest;
import io.meseta.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Debian's `docker-registry`, a real one, as a process of the test.
public final class DebianRegistry implements AutoCloseable {

    public static final String USER = "ali";
    public static final String PASSWORD = "open sesame";

    // PASSWORD by bcrypt.
    private static final String HASH =
            "$2y$05$X2KR4L/ILUUk4zgWXU6ZhOezRJ6RZ3/bK5yGIJn34Xd7.pOQ4Vsei";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String host;
    private final Process process;
    private final Optional<TokenRealm> realm;

    /// How it knows its callers.
    public enum Door {
        OPEN,
        BASIC,
        TOKEN
    }

    private DebianRegistry(String host, Process process, Optional<TokenRealm> realm) {
        this.host = host;
        this.process = process;
        this.realm = realm;
    }

    static DebianRegistry start(Path directory, boolean isProtected) throws IOException {
        return start(directory, isProtected ? Door.BASIC : Door.OPEN);
    }

    /// Starts one; the test is skipped where the program is not installed.
    public static DebianRegistry start(Path directory, Door door) throws IOException {
        var program = program();
        assumeTrue(
                program.isPresent(),
                "SKIPPED: docker-registry is not installed (apt-get install docker-registry)");
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(directory.resolve("htpasswd"), USER + ":" + HASH + "\n");
        var config =
                """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %1$s/blobs}}
                http: {addr: 127.0.0.1:%2$d}
                """
                        .formatted(directory, port);
        var realm =
                door == Door.TOKEN
                        ? Optional.of(TokenRealm.start(directory))
                        : Optional.<TokenRealm>empty();
        var protection =
                switch (door) {
                    case OPEN -> "";
                    case BASIC ->
                            "auth: {htpasswd: {realm: test, path: %s/htpasswd}}%n"
                                    .formatted(directory);
                    case TOKEN ->
                            ("auth: {token: {realm: '%s', service: %s, issuer: %s,"
                                            + " rootcertbundle: %s}}%n")
                                    .formatted(
                                            realm.orElseThrow().address(),
                                            TokenRealm.SERVICE,
                                            TokenRealm.ISSUER,
                                            directory.resolve("realm.pem"));
                };
        var file = Files.writeString(directory.resolve("config.yml"), config + protection);
        var process =
                new ProcessBuilder(program.get(), "serve", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        var registry = new DebianRegistry("127.0.0.1:" + port, process, realm);
        Await.shortly().until("the registry answers", () -> registry.status("/v2/") > 0);
        return registry;
    }

    private static Optional<String> program() {
        return List.of("/usr/bin/docker-registry", "/usr/local/bin/docker-registry").stream()
                .filter(path -> new File(path).canExecute())
                .findFirst();
    }

    public String host() {
        return host;
    }

    /// Where tokens are given, if any are.
    public Optional<String> realm() {
        return realm.map(TokenRealm::host);
    }

    private int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + path)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    public Digest push(ImageMaker image, String repository, String tag)
            throws IOException, InterruptedException {
        upload(repository, image.config());
        for (var layer : image.layers()) upload(repository, layer);
        var manifest = image.manifest().getBytes(UTF_8);
        send(
                "PUT",
                URI.create("http://%s/v2/%s/manifests/%s".formatted(host, repository, tag)),
                MediaTypes.OCI_MANIFEST,
                manifest);
        return Digest.Algorithm.SHA256.of(manifest);
    }

    private void upload(String repository, byte[] blob) throws IOException, InterruptedException {
        var start = URI.create("http://%s/v2/%s/blobs/uploads/".formatted(host, repository));
        var location = send("POST", start, "application/octet-stream", new byte[0]);
        var end =
                location
                        + (location.contains("?") ? "&" : "?")
                        + "digest="
                        + Digest.Algorithm.SHA256.of(blob);
        send("PUT", start.resolve(end), "application/octet-stream", blob);
    }

    private String send(String method, URI address, String type, byte[] body)
            throws IOException, InterruptedException {
        var repository = address.getPath().replaceAll("^/v2/|/(blobs|manifests)/.*$", "");
        var authorization =
                realm.isPresent()
                        ? "Bearer " + realm.get().token("repository:" + repository + ":pull,push")
                        : basic();
        var request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", type)
                        .header("Authorization", authorization)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return answer.headers().firstValue("Location").orElse("");
    }

    /// What its user says.
    static String basic() {
        var pair = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
        return "Basic " + pair;
    }

    @Override
    public void close() {
        realm.ifPresent(TokenRealm::close);
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
