package io.meseta.benchmarks.takeover;

import io.meseta.benchmarks.recovery.LiveCluster;
import io.meseta.benchmarks.services.Machine;
import io.meseta.benchmarks.services.OpenService;
import io.meseta.benchmarks.services.Options;
import io.meseta.testkit.database.KillableDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// The command: `bench takeover …`. Prints a line for each takeover, in milliseconds since the end
/// of the old leader's lease, or since SIGTERM where it gave it back.
public final class Takeover {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "--jar", "master-service/target/master-service-0.1.0-SNAPSHOT.jar",
                    "--gateway", "",
                    "--jvm", "-Xmx3g",
                    "--masters", "2",
                    "--agents", "10000",
                    "--tasks", "10",
                    "--ends", "killed,stopped,paused",
                    "--rounds", "3");

    private static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC");

    /// Descriptors of this process beside those of the agents.
    private static final int DESCRIPTORS_SPARE = 1_500;

    private final Options options;
    private final KillableDatabase database;
    private final List<OpenService> services = new ArrayList<>();
    private final List<LinkedAgent> agents = new ArrayList<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Takeover(Options options, KillableDatabase database) {
        this.options = options;
        this.database = database;
    }

    public static void main(String... arguments) throws Exception {
        var options = Options.of("takeover", DEFAULTS, arguments);
        options.print();
        var takeover = new Takeover(options, KillableDatabase.start());
        var lastResort = new Thread(takeover::close);
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            takeover.run();
        } finally {
            takeover.close();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        var log = Files.createTempFile("takeover", ".log");
        System.out.println("the services' log: " + log);
        int agentCount = options.number("--agents");
        var live = new LiveCluster(agentCount, options.number("--tasks"));
        live.save(database.database());
        var masters = startMasters(log);
        Waiting.await(
                "the masters are ready", () -> masters.stream().allMatch(OpenService::isReady));
        var endpoints = masters.stream().map(OpenService::endpoint).toList();
        var addresses = endpoints.stream().map(each -> URI.create(each.toString())).toList();
        link(live, addresses);
        try (var watch = new OfferWatch(endpoints)) {
            var door = startGateway(log, addresses);
            watch.start();
            Waiting.await("all is offered", () -> watch.agentsOffered() == agentCount);
            var rounds =
                    new Rounds(database.database(), masters, agents, watch, door, live.tasks());
            rounds.printHead();
            for (var end : options.text("--ends").split(",", -1))
                for (int i = 0; i < options.number("--rounds"); i++)
                    rounds.run(End.valueOf(end.toUpperCase(Locale.ROOT)));
            door.ifPresent(DoorWatch::close);
        }
        agents.forEach(LinkedAgent::close);
    }

    private List<OpenService> startMasters(Path log) throws IOException {
        var where = "--spring.datasource.url=" + database.database().jdbcUrl();
        var masters = new ArrayList<OpenService>();
        for (int i = 0; i < options.number("--masters"); i++) {
            var jvm = options.words("--jvm");
            var master =
                    OpenService.start(Path.of(options.text("--jar")), log, jvm, List.of(where));
            services.add(master);
            masters.add(master);
        }
        return masters;
    }

    private void link(LiveCluster live, List<URI> masters) throws Exception {
        long left = Machine.descriptorsMax() - live.agents() - DESCRIPTORS_SPARE;
        int asking = Math.clamp(left, 0, live.agents());
        System.out.printf(
                "of %d agents %d at a time keep a question open at another master: this process"
                        + " may have %d descriptors%n",
                live.agents(), asking, Machine.descriptorsMax());
        var questions = new Semaphore(asking);
        for (int i = 0; i < live.agents(); i++)
            agents.add(new LinkedAgent(live.hello(i), masters, questions));
        agents.forEach(LinkedAgent::start);
        Waiting.await(
                "the agents are linked",
                () -> agents.stream().allMatch(each -> each.linkedIn() > 0));
    }

    /// Empty unless a gateway is asked for.
    private Optional<DoorWatch> startGateway(Path log, List<URI> masters) throws Exception {
        if (options.text("--gateway").isEmpty()) return Optional.empty();
        var addresses = masters.stream().map(URI::toString).collect(Collectors.joining(","));
        var settings =
                List.of(
                        "--meseta.gateway.masters=" + addresses,
                        "--meseta.gateway.access-log=false");
        var gateway = OpenService.start(Path.of(options.text("--gateway")), log, SMALL, settings);
        services.add(gateway);
        Waiting.await("the gateway is ready", gateway::isReady);
        var door = new DoorWatch(gateway.endpoint());
        door.start();
        return Optional.of(door);
    }

    private void close() {
        if (isClosed.getAndSet(true)) return;
        services.forEach(OpenService::close);
        try {
            database.close();
        } catch (RuntimeException left) {
            System.err.println("of PostgreSQL something is left: " + left.getMessage());
        }
    }
}
