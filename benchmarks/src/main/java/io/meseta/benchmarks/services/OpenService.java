package io.meseta.benchmarks.services;

import io.meseta.client.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// A service in open mode, as a process of its own.
public final class OpenService implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private final List<String> command = new ArrayList<>();
    private final Path log;
    private final int port;
    private Process process;

    private OpenService(Path jar, int port, Path log, List<String> jvm, List<String> settings)
            throws IOException {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(
                List.of("-jar", jar.toString(), "--meseta.open=true", "--server.port=" + port));
        command.addAll(settings);
        this.port = port;
        this.log = log;
        this.process = launch();
    }

    /// Starts one on a free port of the loopback.
    ///
    /// @param jvm the virtual machine's own flags
    /// @param settings as on a command line, `--key=value`
    public static OpenService start(Path jar, Path log, List<String> jvm, List<String> settings)
            throws IOException {
        return new OpenService(jar, freePort(), log, jvm, settings);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// The process as the system knows it, for its CPU time.
    public ProcessHandle handle() {
        return process.toHandle();
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    public Endpoint endpoint() {
        return Endpoint.of("127.0.0.1", port);
    }

    public boolean isReady() {
        return answers("/actuator/health/readiness", "\"UP\"");
    }

    public boolean answers(String path, String text) {
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

    /// One of the figures that Mesos' tools read; empty if it does not answer.
    public OptionalDouble figure(String name) {
        var route = URI.create(endpoint().base() + "/metrics/snapshot");
        var request = HttpRequest.newBuilder(route).timeout(Duration.ofSeconds(5)).build();
        try {
            var text = HTTP.send(request, BodyHandlers.ofString()).body();
            var found =
                    Pattern.compile(Pattern.quote("\"" + name + "\":") + "([-0-9.E]+)")
                            .matcher(text);
            return found.find()
                    ? OptionalDouble.of(Double.parseDouble(found.group(1)))
                    : OptionalDouble.empty();
        } catch (IOException _) {
            return OptionalDouble.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return OptionalDouble.empty();
        }
    }

    /// `kill -9`.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGSTOP, until it is resumed.
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// SIGTERM; it ends later.
    public void terminate() {
        process.destroy();
    }

    public void restart() throws IOException, InterruptedException {
        process.waitFor();
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
