package io.meseta.launcher;

import io.meseta.launcher.ChildSpec.Start;
import io.meseta.launcher.secrets.SecretFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How our services are started: which jar, which flags, which configuration.
///
/// @param home where the built jars are
/// @param address what the services bind
/// @param masterPort the first master's; agents follow it
/// @param masters how many there are
/// @param gatewayPort the one door's
/// @param mode whether callers are known, and by what
record Services(
        Path home, InetAddress address, int masterPort, int masters, int gatewayPort, Mode mode) {

    /// Whether a cluster knows its callers.
    sealed interface Mode {

        /// Without authentication, on loopback only.
        record Open() implements Mode {}

        record Secure(int authPort, Layout layout, SecretFiles secrets) implements Mode {}
    }

    /// How many agents there may be: the ports after the first master's are theirs.
    static final int AGENTS_MAX = 100;

    /// With several masters an agent looks for the next leader more often than it would for one
    /// that is only away.
    private static final String IMPATIENCE = "--meseta.agent.link.backoff-max=1s";

    static final String AUTH = "auth";
    private static final String MASTER = "master";
    static final String GATEWAY = "gateway";
    static final String AUTH_JAR = "auth-service.jar";
    static final String GATEWAY_JAR = "gateway.jar";
    static final String MASTER_JAR = "master-service.jar";
    static final String AGENT_JAR = "agent-service.jar";

    /// Port 1 is nobody's.
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private static final String HEAP_OF_A_MASTER = "-Xmx512m";
    private static final String HEAP_OF_AUTH = "-Xmx384m";
    private static final String HEAP_OF_A_GATEWAY = "-Xmx256m";
    private static final String HEAP_OF_AN_AGENT = "-Xmx256m";

    /// All services of a cluster start on the cores of one machine, where the second compiler would
    /// take half of the processor time until they are up. What is hot in a service that works is
    /// compiled as well, ten times as many calls later: after seconds.
    private static final List<String> LATER_OPTIMISATION =
            List.of(
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTReplayTraining",
                    "-XX:Tier4InvocationThreshold=50000",
                    "-XX:Tier4MinInvocationThreshold=6000",
                    "-XX:Tier4CompileThreshold=150000",
                    "-XX:Tier4BackEdgeThreshold=400000");

    private static final String AUTH_SCHEMA = "meseta_auth";

    /// Who only practises answers nobody.
    private static final List<String> PRACTICE_SERVER =
            List.of("--server.port=0", "--server.address=127.0.0.1");

    private static final String OPEN = "--meseta.open=true";

    /// What a service keeps of the bundle it has last had.
    private static final String BUNDLE = "bundle";

    /// By an older one nothing may be changed, or not for long: agents could not register.
    private static final Duration BUNDLE_AGE_MAX = Duration.ofMinutes(30);

    /// As Mesos has it.
    private static final int TASK_PORTS_FIRST = 31_000;

    private static final int TASK_PORTS = 100;

    /// The directory that the script has built into.
    static Path builtHome() {
        var home = System.getProperty("meseta.home", "");
        if (home.isEmpty() || !Files.isDirectory(Path.of(home))) {
            throw new Trouble("the services are not built: start with ./meseta up");
        }
        return Path.of(home);
    }

    /// How the auth-service makes first secrets; arguments follow.
    static List<String> secretsCommand(Path home) {
        return List.of(
                javaProgram(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-jar",
                home.resolve(AUTH_JAR).toString(),
                "secrets");
    }

    static boolean isMaster(String name) {
        return name.equals(MASTER) || name.startsWith(MASTER + "-");
    }

    /// @param number from 1
    int masterPort(int number) {
        return number == 1 ? masterPort : masterPort + AGENTS_MAX + number - 1;
    }

    URI masterUrl() {
        return url(masterPort);
    }

    List<URI> masterUrls() {
        return IntStream.rangeClosed(1, masters)
                .mapToObj(number -> url(masterPort(number)))
                .toList();
    }

    /// Empty for an open cluster.
    Optional<URI> authUrl() {
        return switch (mode) {
            case Mode.Open() -> Optional.empty();
            case Mode.Secure(var port, _, _) -> Optional.of(url(port));
        };
    }

    /// All that are needed, with those of so many agents.
    List<Integer> ports(int agents) {
        var ports = new ArrayList<Integer>();
        for (int number = 1; number <= masters; number++) ports.add(masterPort(number));
        for (int number = 1; number <= agents; number++) ports.add(agentPort(number));
        ports.add(gatewayPort);
        if (mode instanceof Mode.Secure(var port, _, _)) ports.add(port);
        return ports;
    }

    int agentPort(int number) {
        return masterPort + number;
    }

    /// The auth-service, in a schema of its own beside the master's tables.
    ChildSpec auth(Database database, Mode.Secure secure) {
        var command = java(AUTH_JAR, HEAP_OF_AUTH, cacheFlags(AUTH_JAR));
        command.add("--server.port=" + secure.authPort());
        command.add("--server.address=" + address.getHostAddress());
        command.addAll(foundingFlags(secure));
        return spec(AUTH, inAuthSchema(command, database), secure.authPort());
    }

    private static List<String> foundingFlags(Mode.Secure secure) {
        return List.of(
                "--meseta.auth.seal-file=" + secure.secrets().seal(),
                "--meseta.auth.bundle-key-file=" + secure.secrets().bundleKey(),
                "--meseta.auth.bootstrap=" + secure.secrets().bootstrap());
    }

    private static Start inAuthSchema(List<String> command, Database database) {
        command.add("--spring.flyway.default-schema=" + AUTH_SCHEMA);
        command.add("--spring.flyway.create-schemas=true");
        return new Start(command, database.inSchema(AUTH_SCHEMA).environment());
    }

    /// Whether everybody knows callers by what the last run has left, and so need not wait for the
    /// auth-service.
    boolean haveBundles(int agents) {
        if (!(mode instanceof Mode.Secure secure)) return true;
        var layout = secure.layout();
        var states = new ArrayList<>(List.of(layout.authState(GATEWAY)));
        for (int number = 1; number <= masters; number++) {
            states.add(layout.authState(MASTER + "-" + number));
        }
        for (int number = 1; number <= agents; number++)
            states.add(agentState(layout.agent(number)));
        return states.stream().allMatch(state -> isYoung(state.resolve(BUNDLE)));
    }

    private static boolean isYoung(Path bundle) {
        try {
            var written = Files.getLastModifiedTime(bundle).toInstant();
            return written.isAfter(Instant.now().minus(BUNDLE_AGE_MAX));
        } catch (IOException _) {
            return false;
        }
    }

    private static Path agentState(Path workDirectory) {
        return workDirectory.resolve("auth");
    }

    /// @param number from 1
    ChildSpec master(int number, Database database) {
        int port = masterPort(number);
        var command = java(MASTER_JAR, HEAP_OF_A_MASTER, cacheFlags(MASTER_JAR));
        command.addAll(serverFlags(port));
        command.addAll(accountFlags(MASTER + "-" + number, SecretFiles.MASTER));
        var start = new Start(command, database.environment());
        return spec(number == 1 ? MASTER : MASTER + "-" + number, start, port);
    }

    ChildSpec agent(int number, Path workDirectory) {
        int port = agentPort(number);
        var command = java(AGENT_JAR, HEAP_OF_AN_AGENT, cacheFlags(AGENT_JAR));
        command.addAll(serverFlags(port));
        command.addAll(joinFlags(workDirectory));
        command.addAll(agentFlags(workDirectory, masterUrls()));
        if (masters > 1) {
            command.add(IMPATIENCE);
        }
        command.add("--meseta.agent.resources=" + taskPorts(number));
        return spec("agent-" + number, new Start(command, Map.of()), port);
    }

    /// The door to all of them.
    ChildSpec gateway() {
        var command = java(GATEWAY_JAR, HEAP_OF_A_GATEWAY, cacheFlags(GATEWAY_JAR));
        command.addAll(serverFlags(gatewayPort));
        command.addAll(accountFlags(GATEWAY, SecretFiles.GATEWAY));
        command.add("--meseta.gateway.masters=" + named(masterUrls()));
        return spec(GATEWAY, new Start(command, Map.of()), gatewayPort);
    }

    URI gatewayUrl() {
        return url(gatewayPort);
    }

    /// A master that starts as the real ones do, notes in `cache` what that took, and ends.
    ///
    /// @param scratch a directory that nobody needs afterwards
    Start masterPractice(Database database, Path scratch, Path cache) {
        var command = java(MASTER_JAR, HEAP_OF_A_MASTER, practiceFlags(cache));
        command.addAll(PRACTICE_SERVER);
        command.addAll(practiceAccount(scratch, SecretFiles.MASTER));
        return new Start(command, database.environment());
    }

    /// An agent that does the same, far from any master.
    Start agentPractice(Path scratch, Path cache) {
        var command = java(AGENT_JAR, HEAP_OF_AN_AGENT, practiceFlags(cache));
        command.addAll(PRACTICE_SERVER);
        switch (mode) {
            case Mode.Open() -> command.add(OPEN);
            case Mode.Secure secure -> {
                command.addAll(authFlags(secure, NOBODY, agentState(scratch)));
                command.add("--meseta.auth.join-token-file=" + secure.secrets().joinToken());
            }
        }
        command.addAll(agentFlags(scratch, List.of(NOBODY)));
        return new Start(command, Map.of());
    }

    /// An auth-service that does it, with the secrets of ours for a database of its own.
    Start authPractice(Database database, Mode.Secure secure, Path cache) {
        var command = java(AUTH_JAR, HEAP_OF_AUTH, practiceFlags(cache));
        command.addAll(PRACTICE_SERVER);
        command.addAll(foundingFlags(secure));
        return inAuthSchema(command, database);
    }

    /// A gateway to nobody.
    Start gatewayPractice(Path scratch, Path cache) {
        var command = java(GATEWAY_JAR, HEAP_OF_A_GATEWAY, practiceFlags(cache));
        command.addAll(PRACTICE_SERVER);
        command.addAll(practiceAccount(scratch, SecretFiles.GATEWAY));
        command.add("--meseta.gateway.masters=" + NOBODY);
        return new Start(command, Map.of());
    }

    private List<String> practiceAccount(Path scratch, String account) {
        return switch (mode) {
            case Mode.Open() -> List.of(OPEN);
            case Mode.Secure secure ->
                    accountFlags(secure, NOBODY, scratch.resolve(account), account);
        };
    }

    /// Where a jar's start-up cache lies: with the build that it belongs to.
    Path cache(String jar) {
        return home.resolve(jar.replace(".jar", ".aot"));
    }

    private List<String> cacheFlags(String jar) {
        if (!Files.exists(cache(jar))) {
            return List.of();
        }
        // Of another JVM, say: then it is of no use, and no reason for a warning in each log.
        return List.of("-XX:AOTCache=" + cache(jar), "-Xlog:aot=off", "-Xlog:cds=off");
    }

    private static List<String> practiceFlags(Path cache) {
        return List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh");
    }

    private List<String> serverFlags(int port) {
        var flags = new ArrayList<String>();
        flags.add("--server.port=" + port);
        flags.add("--server.address=" + address.getHostAddress());
        if (mode instanceof Mode.Open) {
            flags.add(OPEN);
        }
        return flags;
    }

    private List<String> accountFlags(String service, String account) {
        if (!(mode instanceof Mode.Secure secure)) return List.of();
        var state = secure.layout().authState(service);
        return accountFlags(secure, url(secure.authPort()), state, account);
    }

    private static List<String> accountFlags(
            Mode.Secure secure, URI auth, Path state, String account) {
        var flags = authFlags(secure, auth, state);
        flags.add("--meseta.auth.principal=" + account);
        flags.add("--meseta.auth.secret-file=" + secure.secrets().secret(account));
        return flags;
    }

    /// An agent's key is its own, and lies with all else that is.
    private List<String> joinFlags(Path workDirectory) {
        if (!(mode instanceof Mode.Secure secure)) return List.of();
        var flags = authFlags(secure, url(secure.authPort()), agentState(workDirectory));
        flags.add("--meseta.auth.join-token-file=" + secure.secrets().joinToken());
        return flags;
    }

    private static List<String> authFlags(Mode.Secure secure, URI auth, Path state) {
        var flags = new ArrayList<String>();
        flags.add("--meseta.auth.url=" + auth);
        flags.add("--meseta.auth.trust-file=" + secure.secrets().trust());
        flags.add("--meseta.auth.state-dir=" + state);
        return flags;
    }

    private static List<String> agentFlags(Path workDirectory, List<URI> masters) {
        return List.of(
                "--meseta.agent.work-dir=" + workDirectory,
                "--meseta.agent.masters=" + named(masters));
    }

    private static String named(List<URI> masters) {
        return masters.stream().map(URI::toString).collect(Collectors.joining(","));
    }

    /// Agents on one machine must not offer the same ports. An agent's share goes by its number
    /// alone: what it has may not change between its runs.
    private static String taskPorts(int number) {
        int first = TASK_PORTS_FIRST + (number - 1) * TASK_PORTS;
        return "ports(*):[" + first + "-" + (first + TASK_PORTS - 1) + "]";
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private List<String> java(String jar, String heap, List<String> more) {
        var command = new ArrayList<String>();
        command.add(javaProgram());
        command.add(heap);
        // On few cores and small heaps it starts faster and takes less memory than the others.
        command.add("-XX:+UseSerialGC");
        command.addAll(LATER_OPTIMISATION);
        // The launcher starts it again; a process that limps on without memory helps nobody.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(more);
        command.add("-jar");
        command.add(home.resolve(jar).toString());
        return command;
    }

    private ChildSpec spec(String name, Start start, int port) {
        return new ChildSpec(name, start, port, new Probe.HttpProbe(url(port)), "TERM");
    }

    private URI url(int port) {
        var host = address.getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }
}
