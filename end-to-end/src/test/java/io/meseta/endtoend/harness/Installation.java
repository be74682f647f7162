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

    /// From here on the masters beside the first have theirs.
    private static final int OTHER_MASTERS = 101;

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
        return make(name, 1, agents);
    }

    /// The same, for several masters.
    public static Installation make(String name, int masters, int agents) {
        var home = Directories.data(name);
        int ports = masters == 1 ? agents + 3 : OTHER_MASTERS + masters - 1;
        var installation =
                new Installation(
                        home, Directories.logs(name), FreePorts.consecutive(ports), agents);
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
            Files.createSymbolicLink(
                    home.resolve("examples"), RepositoryRoot.find().resolve("examples"));
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

    /// Where everything is kept if nobody says otherwise.
    public Path defaultData() {
        return home.resolve(".meseta");
    }

    public Path home() {
        return home;
    }

    public Path logDirectory() {
        return logs;
    }

    /// The ports that are its own, for `up`.
    public List<String> portOptions() {
        return List.of(
                "--port-base=" + portBase,
                "--gateway-port=" + (portBase + spare),
                "--auth-port=" + (portBase + spare + 1));
    }

    /// The one door's address.
    public String gateway() {
        return local(portBase + spare);
    }

    public int portBase() {
        return portBase;
    }

    /// @param number from 1
    public String master(int number) {
        return local(number == 1 ? portBase : portBase + OTHER_MASTERS + number - 2);
    }

    /// @param number from 1
    public String agent(int number) {
        return local(portBase + number);
    }

    public String auth() {
        return local(portBase + spare + 1);
    }

    private static String local(int port) {
        return "http://127.0.0.1:" + port;
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
            var options = portOptions();
            command.addAll(options.subList(1, options.size()));
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
