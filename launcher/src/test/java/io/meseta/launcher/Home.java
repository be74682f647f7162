package io.meseta.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.meseta.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A place in which a launcher finds services (fake ones), keeps its data, and is run as a process
/// of its own.
final class Home implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path root;
    private final int portBase;
    private final List<Process> processes = new ArrayList<>();
    private boolean isWarm;

    private Home(Path root) throws IOException {
        this.root = root;
        this.portBase = freePorts();
        Files.createDirectories(root.resolve("dist"));
        shareRuntime();
        for (var service : List.of("auth-service", "master-service", "agent-service", "gateway")) {
            writeJar(root.resolve("dist").resolve(service + ".jar"));
        }
    }

    static Home in(Path root) throws IOException {
        return new Home(root);
    }

    Path data() {
        return root.resolve("data dir");
    }

    Path dist(String file) {
        return root.resolve("dist").resolve(file);
    }

    /// Lets launchers make start-up caches, which they do not in other tests: it takes a while.
    void warm() {
        isWarm = true;
    }

    int portBase() {
        return portBase;
    }

    Layout layout() {
        return new Layout(data());
    }

    RunRecord record() {
        return RunRecord.load(layout().runFile()).orElseThrow();
    }

    /// Starts `up`, with one agent.
    Process up(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("up", "--open", "--agents=1"));
        arguments.add("--port-base=" + portBase);
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    /// The same with callers that are known.
    Process upSecure() throws IOException {
        return start("up", "--agents=1", "--port-base=" + portBase, "--auth-port=" + authPort());
    }

    int authPort() {
        return portBase + 2;
    }

    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(javaProgram(), "-XX:TieredStopAtLevel=1"));
        command.add("-Dmeseta.warm=" + isWarm);
        command.add("-Dmeseta.home=" + root.resolve("dist"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Launcher.class.getName());
        command.addAll(List.of(arguments));
        if (arguments[0].equals("up")) command.add("--gateway-port=" + (portBase + 3));
        command.addAll(List.of("--data", data().toString()));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MESETA_DB_URL");
        builder.redirectOutput(output(processes.size()).toFile());
        var process = builder.start();
        processes.add(process);
        return process;
    }

    /// Runs a command to its end; what it says, with its exit code in front.
    String run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        return finish(process) + " " + said(process);
    }

    int finish(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on and on: " + said(process));
        }
        return process.exitValue();
    }

    String said(Process process) {
        try {
            return Files.readString(output(processes.indexOf(process)));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    void awaitUp(Process process) {
        await(process, () -> said(process).contains("Meseta is up"));
    }

    /// Waits for what must become true while the process lives.
    void await(Process process, Await.Condition isTrue) {
        try {
            Await.within(LIMIT)
                    .until(
                            "it happens, or the process ends",
                            () -> isTrue.holds() || !process.isAlive());
            assertThat(process.isAlive()).isTrue();
        } catch (AssertionError failure) {
            throw new AssertionError(said(process) + logs(), failure);
        }
    }

    /// Unpacks PostgreSQL once for all tests of this process: it takes seconds each time.
    private void shareRuntime() throws IOException {
        var shared =
                PostgresRuntime.under(
                        Files.createDirectories(Path.of("target", "postgres")).toAbsolutePath());
        var postgres = Files.createDirectories(layout().postgres());
        var copy = postgres.resolve(shared.home().getFileName());
        try {
            new ProcessBuilder("cp", "-R", shared.home().toString(), copy.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String logs() {
        try (var files = Files.list(layout().logs())) {
            return files.map(Home::read).collect(Collectors.joining());
        } catch (IOException _) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return System.lineSeparator() + file + ":\n" + Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }

    private Path output(int number) {
        return root.resolve("output-" + number);
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /// A jar without classes: its class path is ours.
    private static void writeJar(Path file) throws IOException {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, FakeChild.class.getName());
        var path =
                Stream.of(System.getProperty("java.class.path").split(":", -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" "));
        attributes.put(Attributes.Name.CLASS_PATH, path);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    /// The first of a row of ports that are free, below those that the system hands out.
    private static int freePorts() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            int base =
                    10_000 + (int) ((ProcessHandle.current().pid() * 31 + attempt * 7L) % 20_000);
            boolean areFree = true;
            for (int port = base; port < base + 4; port++) {
                areFree &= Ports.isFree(InetAddress.getLoopbackAddress(), port);
            }
            if (areFree) {
                return base;
            }
        }
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Leaves no process behind, whatever the test has done.
    @Override
    public void close() {
        for (var process : processes) {
            process.destroyForcibly();
            ProcessIdentity.of(process).awaitEnd(Duration.ofSeconds(30));
        }
        RunRecord.load(layout().runFile())
                .ifPresent(record -> {
                    for (var child : record.children()) {
                        child.process().kill();
                        child.process().awaitEnd(Duration.ofSeconds(30));
                    }
                });
    }
}
