package io.meseta.benchmarks.takeover;

import io.meseta.client.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A service in open mode, as a process of its own.
final class OpenService implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final int port;
    private Process process;

    /// @param settings as on a command line, `--key=value`
    OpenService(Path jar, int port, Path log, List<String> settings) throws IOException {
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString(),
                        "--meseta.open=true",
                        "--server.port=" + port));
        command.addAll(settings);
        this.port = port;
        this.log = log;
        this.process = launch();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", port);
    }

    boolean isReady() {
        return answers("/actuator/health/readiness", "\"UP\"");
    }

    boolean answers(String path, String text) {
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
