package io.meseta.endtoend.harness;

import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.mesos.v1.master.Response.GetAgents;
import io.meseta.testkit.Await;
import io.meseta.testkit.database.KillableDatabase;
import io.meseta.testkit.database.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A whole cluster: PostgreSQL, masters and agents, each a process of its own that can be killed
/// and started again where it was. With several masters each reaches the database by a way of its
/// own, which can be cut.
public final class TestCluster implements AutoCloseable {

    /// Two cores may be busy with something else when a JVM starts on them.
    public static final Duration START_MAX = Duration.ofSeconds(90);

    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    private static final HttpClient PROBES =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path data;
    private final KillableDatabase database;
    private final int masterPort;
    private final List<Program> masters = new ArrayList<>();
    private final List<CutWire> wires = new ArrayList<>();
    private final int agentCount;
    private final List<Program> agents = new ArrayList<>();
    private final Master client;
    private final Thread lastResort;

    private TestCluster(
            Setup setup,
            Map<Integer, Path> masterJars,
            KillableDatabase database,
            Ground ground,
            Path data) {
        var logs = Directories.logs(setup.name());
        this.data = data;
        this.database = database;
        this.agentCount = setup.agents();
        this.masterPort = FreePorts.consecutive(setup.masters() + setup.agents());
        for (int number = 1; number <= setup.masters(); number++) {
            var url = database.database().jdbcUrl();
            if (setup.masters() > 1) {
                var loopback = InetAddress.getLoopbackAddress();
                var wire =
                        CutWire.between(
                                new InetSocketAddress(ground.database(), 0),
                                new InetSocketAddress(loopback, database.database().port()));
                wires.add(wire);
                var host = ground.database().getHostAddress();
                url = new TestDatabase(host, wire.port(), database.database().name()).jdbcUrl();
            }
            var log = logs.resolve(number == 1 ? "master.log" : "master-%d.log".formatted(number));
            var jar = masterJars.getOrDefault(number, ServiceJar.of("master-service"));
            ground.expose(number, masterPort(number));
            var way = ground.toMaster(number);
            masters.add(program(jar, log, masterOptions(setup, number), place(url, way)));
        }
        for (int number = 1; number <= setup.agents(); number++) {
            var log = logs.resolve("agent-%d.log".formatted(number));
            var jar = ServiceJar.of("agent-service");
            var place = place("", ground.toAgent(number));
            agents.add(program(jar, log, agentOptions(setup, number), place));
        }
        this.client = new Master(masterEndpoints(), CALL_MAX);
        this.lastResort = new Thread(() -> Traces.kill(data));
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /// Starts all of it and waits until the agents have joined.
    public static TestCluster start(Setup setup) {
        return start(setup, Map.of());
    }

    /// The same, with masters that are not of this build.
    ///
    /// @param masterJars by the master's number, from 1
    public static TestCluster start(Setup setup, Map<Integer, Path> masterJars) {
        return start(setup, masterJars, KillableDatabase.start(), Ground.LOOPBACK);
    }

    /// The same on a ground of its own.
    public static TestCluster start(Setup setup, Ground ground) {
        return start(setup, Map.of(), KillableDatabase.start(), ground);
    }

    /// The same on a database that was started already, and is stopped with the cluster.
    public static TestCluster start(Setup setup, KillableDatabase database) {
        return start(setup, Map.of(), database, Ground.LOOPBACK);
    }

    private static TestCluster start(
            Setup setup, Map<Integer, Path> masterJars, KillableDatabase database, Ground ground) {
        var data = Directories.data(setup.name());
        var cluster = new TestCluster(setup, masterJars, database, ground, data);
        try {
            cluster.masters.forEach(Program::start);
            cluster.agents.forEach(Program::start);
            for (int number = 1; number <= setup.masters(); number++) cluster.awaitMaster(number);
            cluster.awaitAgents(setup.agents());
            return cluster;
        } catch (RuntimeException | AssertionError failure) {
            var report = new AssertionError(failure.getMessage() + "\n" + cluster.logs(), failure);
            cluster.abandon();
            throw report;
        }
    }

    public KillableDatabase database() {
        return database;
    }

    public Program master() {
        return master(1);
    }

    /// @param number from 1
    public Program master(int number) {
        return masters.get(number - 1);
    }

    /// The master's way to the database.
    public CutWire wire(int number) {
        return wires.get(number - 1);
    }

    /// The number of the one that says that it leads; empty if none does, or more than one.
    public Optional<Integer> leader() {
        var leading =
                IntStream.rangeClosed(1, masters.size())
                        .filter(number -> master(number).isAlive() && saysThatItLeads(number))
                        .boxed()
                        .toList();
        return leading.size() == 1 ? Optional.of(leading.getFirst()) : Optional.empty();
    }

    private boolean saysThatItLeads(int number) {
        var route = URI.create(masterEndpoint(number).base() + "/metrics/snapshot");
        var request = HttpRequest.newBuilder(route).timeout(Duration.ofSeconds(1)).build();
        try {
            var answer = PROBES.send(request, BodyHandlers.ofString());
            return answer.body().contains("\"master/elected\":1.0");
        } catch (IOException _) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /// @param number from 1
    public Program agent(int number) {
        return agents.get(number - 1);
    }

    public Endpoint masterEndpoint() {
        return masterEndpoint(1);
    }

    public List<Endpoint> masterEndpoints() {
        return IntStream.rangeClosed(1, masters.size()).mapToObj(this::masterEndpoint).toList();
    }

    /// @param number from 1
    public Endpoint masterEndpoint(int number) {
        return Endpoint.of("127.0.0.1", masterPort(number));
    }

    /// The agents' ports follow the first master's, those of the other masters come after them.
    private int masterPort(int number) {
        return number == 1 ? masterPort : masterPort + agentCount + number - 1;
    }

    public Endpoint agentEndpoint(int number) {
        return Endpoint.of("127.0.0.1", masterPort + number);
    }

    /// The master's public API.
    public Master client() {
        return client;
    }

    /// Where the agent keeps its sandboxes and its memory.
    public Path workDirectory(int number) {
        return data.resolve("agent-" + number);
    }

    /// What runs of an agent's work: supervisors and tasks, but not the agent itself.
    public List<Traces.Trace> tasksOf(int number) {
        var agent = agent(number);
        return Traces.of(workDirectory(number)).stream()
                .filter(trace -> !agent.isAlive() || !trace.isOf(agent.pid()))
                .toList();
    }

    public void awaitMaster() {
        awaitMaster(1);
    }

    /// @param number from 1
    public void awaitMaster(int number) {
        awaitReady(master(number), masterEndpoint(number));
    }

    public void awaitAgent(int number) {
        awaitReady(agent(number), agentEndpoint(number));
    }

    /// Waits until so many agents are there to take tasks.
    public void awaitAgents(int count) {
        Await.within(START_MAX)
                .until(
                        count + " agents are active",
                        () -> activeAgents() == count || failIfOneEnded());
    }

    public long activeAgents() {
        return client.agents().getAgentsList().stream().filter(GetAgents.Agent::getActive).count();
    }

    /// The last words of each process.
    public String logs() {
        return "%s%n%s"
                .formatted(
                        masters.stream().map(Program::tail).collect(Collectors.joining("\n")),
                        agents.stream().map(Program::tail).collect(Collectors.joining("\n")));
    }

    /// Ends every task through the public API, then every service, and fails if anything is left.
    @Override
    public void close() {
        try {
            if (masters.stream().anyMatch(Program::isAlive)) tearDownFrameworks();
            agents.stream().filter(Program::isAlive).forEach(Program::terminate);
            masters.stream().filter(Program::isAlive).forEach(Program::terminate);
            var left = Traces.of(data);
            if (!left.isEmpty()) {
                throw new AssertionError("left behind:\n" + lines(left) + "\n" + logs());
            }
        } finally {
            abandon();
        }
        if (!FreePorts.isFree(database.database().port())) {
            throw new AssertionError("PostgreSQL still listens");
        }
    }

    private void tearDownFrameworks() {
        for (var framework : client.frameworks().getFrameworksList()) {
            client.teardown(framework.getFrameworkInfo().getId());
        }
        var agentPids = agents.stream().filter(Program::isAlive).map(Program::pid).toList();
        Await.within(Duration.ofSeconds(30))
                .passes(
                        "the tasks have ended",
                        () -> {
                            var left =
                                    Traces.of(data).stream()
                                            .filter(trace -> isTask(trace, agentPids))
                                            .toList();
                            if (!left.isEmpty()) throw new AssertionError(lines(left));
                        });
    }

    private boolean isTask(Traces.Trace trace, List<Long> agentPids) {
        long pid = trace.process().pid();
        boolean isMaster =
                masters.stream().anyMatch(master -> master.isAlive() && pid == master.pid());
        return !isMaster && agentPids.stream().noneMatch(trace::isOf);
    }

    private static String lines(List<Traces.Trace> traces) {
        return traces.stream().map(Traces.Trace::toString).collect(Collectors.joining("\n"));
    }

    private void abandon() {
        client.close();
        masters.forEach(Program::close);
        wires.forEach(CutWire::close);
        agents.forEach(Program::close);
        Traces.kill(data);
        database.close();
        Directories.delete(data);
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private boolean failIfOneEnded() {
        for (var agent : agents) {
            if (!agent.isAlive()) throw new IllegalStateException(agent.name() + " has ended");
        }
        return false;
    }

    private static void awaitReady(Program program, Endpoint endpoint) {
        var route = URI.create(endpoint.base() + "/actuator/health/readiness");
        var request = HttpRequest.newBuilder(route).timeout(Duration.ofSeconds(2)).build();
        Await.within(START_MAX)
                .until(
                        program.name() + " is ready",
                        () -> PROBES.send(request, BodyHandlers.discarding()).statusCode() == 200);
    }

    private Program.Place place(String databaseUrl, List<String> way) {
        return new Program.Place(data, Map.of("SPRING_DATASOURCE_URL", databaseUrl), way);
    }

    private static Program program(Path jar, Path log, List<String> options, Program.Place place) {
        var all = new ArrayList<>(options);
        all.add("--meseta.open=true");
        return Program.jar(jar, all, place, log);
    }

    private List<String> masterOptions(Setup setup, int number) {
        var options = new ArrayList<>(setup.masterOptions());
        options.add("--server.port=" + masterPort(number));
        return options;
    }

    private List<String> agentOptions(Setup setup, int number) {
        var options = new ArrayList<>(setup.agentOptions());
        options.add("--server.port=" + (masterPort + number));
        options.add("--meseta.agent.work-dir=" + workDirectory(number));
        options.add(
                "--meseta.agent.masters="
                        + masterEndpoints().stream()
                                .map(Endpoint::toString)
                                .collect(Collectors.joining(",")));
        options.add("--meseta.agent.resources=" + setup.resources());
        return options;
    }
}
