package io.meseta.endtoend.harness;

import io.meseta.testkit.RepositoryRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The `meseta` script beside a build that is already there, as a user has it after the first `up`:
/// it starts services and builds nothing, so that tests do not build inside a build.
public final class Installation implements AutoCloseable {

    private static final List<String> MODULES =
            List.of(
                    "auth-service",
                    "master-service",
                    "agent-service",
                    "gateway",
                    "cli",
                    "launcher");

    private final Path home;
    private final Path logs;
    private final int portBase;

    /// The first port after the agents'.
    private final int spare;

    private final List<Program> programs = new ArrayList<>();

    private Installation(Path home, Path logs, int portBase, int agents) {
        this.home = home;
        this.logs = logs;
        this.portBase = portBase;
        this.spare = agents + 1;
    }

    /// @param name of its directories
    /// @param agents how many ports it needs beside the master's
    public static Installation make(String name, int agents) {
        var home = Directories.data(name);
        var installation =
                new Installation(
                        home, Directories.logs(name), FreePorts.consecutive(agents + 3), agents);
        installation.install();
        return installation;
    }

    private void install() {
        var build = home.resolve(".meseta/dist/built");
        try {
            Files.createDirectories(build.resolve("lib"));
            Files.createDirectories(home.resolve(".meseta/logs"));
            var script = RepositoryRoot.find().resolve("meseta");
            Files.copy(script, home.resolve("meseta"), StandardCopyOption.COPY_ATTRIBUTES);
            for (var module : MODULES) {
                var jar = ServiceJar.of(module);
                Files.copy(jar, build.resolve(module + ".jar"));
                link(jar.resolveSibling("lib"), build.resolve("lib"));
            }
            Files.createFile(build.resolve("stamp"));
            Files.writeString(home.resolve(".meseta/dist/current"), "built\n");
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot install into " + home, failure);
        }
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> jars = Files.list(from)) {
            for (var jar : jars.toList()) {
                var link = to.resolve(jar.getFileName());
                if (!Files.exists(link)) Files.createSymbolicLink(link, jar.toAbsolutePath());
            }
        }
    }

    public Path data() {
        return home.resolve("cluster");
    }

    /// The one door's address.
    public String gateway() {
        return "http://127.0.0.1:" + (portBase + spare);
    }

    public int portBase() {
        return portBase;
    }

    /// All that belongs to this installation and runs.
    public List<Traces.Trace> traces() {
        return Traces.of(home);
    }

    /// Runs a command to its end.
    public Outcome run(Duration limit, String... arguments) {
        var program = start(arguments);
        int code = program.awaitExit(limit);
        return new Outcome(code, program.output());
    }

    /// How a command ended.
    ///
    /// @param output both stdout and stderr
    public record Outcome(int code, String output) {}

    /// Starts a command and leaves it running.
    public Program start(String... arguments) {
        var command = new ArrayList<String>();
        // A test may run where Ctrl-C is ignored; a user's terminal is no such place.
        command.addAll(List.of("env", "--default-signal=INT", home.resolve("meseta").toString()));
        command.addAll(List.of(arguments));
        // What has a port of its own by default must not be in the way of others that run here.
        if (arguments[0].equals("up")) {
            command.add("--gateway-port=" + (portBase + spare));
            command.add("--auth-port=" + (portBase + spare + 1));
        }
        var log = logs.resolve("%02d-%s.log".formatted(programs.size() + 1, arguments[0]));
        var environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        var program = Program.of(command, new Program.Place(home, environment), log);
        programs.add(program);
        program.start();
        return program;
    }

    /// What all commands have printed, for a reader of a failure.
    public String logs() {
        var text = new StringBuilder();
        programs.forEach(program -> text.append(program.tail()).append('\n'));
        return text.toString();
    }

    /// Ends whatever is left; whether something may be left is the test's to say.
    @Override
    public void close() {
        programs.forEach(Program::close);
        Traces.kill(home);
        Directories.delete(home);
    }
}
