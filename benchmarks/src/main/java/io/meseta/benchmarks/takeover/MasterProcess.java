package io.meseta.benchmarks.takeover;

import io.meseta.client.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A master as a process of its own.
final class MasterProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final List<String> command;
    private final Path log;
    private final String databaseUrl;
    private final int port;
    private Process process;

    MasterProcess(Path jar, int port, String databaseUrl, Path log) throws IOException {
        this.command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "--meseta.open=true",
                        "--server.port=" + port);
        this.port = port;
        this.databaseUrl = databaseUrl;
        this.log = log;
        this.process = launch();
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPRING_DATASOURCE_URL", databaseUrl);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", port);
    }

    boolean leads() {
        return answers("/metrics/snapshot", "\"master/elected\":1.0");
    }

    boolean isReady() {
        return answers("/actuator/health/readiness", "\"UP\"");
    }

    private boolean answers(String path, String text) {
        var route = URI.create(endpoint().base() + path);
        var request = HttpRequest.newBuilder(route).timeout(Duration.ofSeconds(1)).build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body().contains(text);
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGSTOP, until it is resumed.
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// SIGTERM; it ends later.
    void terminate() {
        process.destroy();
    }

    void restart() throws IOException, InterruptedException {
        process.waitFor();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
