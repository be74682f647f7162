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
final class DebianRegistry implements AutoCloseable {

    static final String USER = "ali";
    static final String PASSWORD = "open sesame";

    // PASSWORD by bcrypt.
    private static final String HASH =
            "$2y$05$X2KR4L/ILUUk4zgWXU6ZhOezRJ6RZ3/bK5yGIJn34Xd7.pOQ4Vsei";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String host;
    private final Process process;

    private DebianRegistry(String host, Process process) {
        this.host = host;
        this.process = process;
    }

    /// Starts one; the test is skipped where the program is not installed.
    static DebianRegistry start(Path directory, boolean isProtected) throws IOException {
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
        var protection =
                "auth: {htpasswd: {realm: test, path: %s/htpasswd}}%n".formatted(directory);
        var file =
                Files.writeString(
                        directory.resolve("config.yml"),
                        isProtected ? config + protection : config);
        var process =
                new ProcessBuilder(program.get(), "serve", file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
        var registry = new DebianRegistry("127.0.0.1:" + port, process);
        Await.shortly().until("the registry answers", () -> registry.status("/v2/") > 0);
        return registry;
    }

    private static Optional<String> program() {
        return List.of("/usr/bin/docker-registry", "/usr/local/bin/docker-registry").stream()
                .filter(path -> new File(path).canExecute())
                .findFirst();
    }

    String host() {
        return host;
    }

    private int status(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + host + path)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    Digest push(ImageMaker image, String repository, String tag)
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
        var pair = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
        var request =
                HttpRequest.newBuilder(address)
                        .header("Content-Type", type)
                        .header("Authorization", "Basic " + pair)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return answer.headers().firstValue("Location").orElse("");
    }

    @Override
    public void close() {
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
