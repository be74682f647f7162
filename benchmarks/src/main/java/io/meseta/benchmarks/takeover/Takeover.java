package io.meseta.benchmarks.takeover;

import io.meseta.benchmarks.services.OpenService;
import io.meseta.testkit.database.KillableDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// The command: `Takeover MASTER_JAR GATEWAY_JAR [AGENTS [ROUNDS]]`. Prints a line for each
/// takeover, in milliseconds since the end of the old leader's lease, or since SIGTERM where it
/// gave it back.
public final class Takeover {

    private static final int MASTERS = 3;
    private static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC");
    private static final int COLUMNS = 9;
    private static final String LEASE_END =
            "SELECT (extract(epoch FROM until) * 1000)::bigint FROM lease WHERE epoch = ";

    private static final String LED =
            "SELECT (extract(epoch FROM min(at)) * 1000)::bigint FROM journal WHERE epoch > ";

    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final KillableDatabase database;
    private final List<OpenService> masters = new ArrayList<>();
    private final List<LinkedAgent> agents = new ArrayList<>();
    private final int agentCount;

    /// What is done to the leader.
    private enum End {
        KILLED,
        STOPPED,
        PAUSED
    }

    private Takeover(KillableDatabase database, int agentCount) {
        this.database = database;
        this.agentCount = agentCount;
    }

    public static void main(String... arguments) throws Exception {
        if (arguments.length < 2) {
            System.err.println("usage: Takeover MASTER_JAR GATEWAY_JAR [AGENTS [ROUNDS]]");
            System.exit(2);
        }
        int agents = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
        try (var database = KillableDatabase.start()) {
            new Takeover(database, agents)
                    .run(Path.of(arguments[0]), Path.of(arguments[1]), rounds);
        }
        System.exit(0);
    }

    private void run(Path masterJar, Path gatewayJar, int rounds) throws Exception {
        var log = Files.createTempFile("takeover", ".log");
        System.out.println("the services' log: " + log);
        var where = "--spring.datasource.url=" + database.database().jdbcUrl();
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < MASTERS; i++)
                masters.add(OpenService.start(masterJar, log, SMALL, List.of(where)));
            await("the masters are ready", this::areReady);
            var endpoints = masters.stream().map(OpenService::endpoint).toList();
            var addresses = endpoints.stream().map(each -> URI.create(each.toString())).toList();
            for (int i = 0; i < agentCount; i++) agents.add(new LinkedAgent(i, http, addresses));
            agents.forEach(LinkedAgent::start);
            await("the agents are linked", () -> linkedAfter(0) == agentCount);
            try (var gateway = gateway(gatewayJar, log, addresses);
                    var door = new DoorWatch(gateway.endpoint());
                    var watch = new OfferWatch(endpoints)) {
                await("the gateway is ready", gateway::isReady);
                door.start();
                watch.start();
                await("all is offered", () -> watch.agentsOffered() == agentCount);
                System.out.println(
                        "| how | led | gateway | first agent | half of them | all | subscribed"
                                + " | first offer | half | all |");
                System.out.println("|---" + "|---".repeat(COLUMNS) + "|");
                for (var how : End.values())
                    for (int i = 0; i < rounds; i++) round(watch, door, how);
            }
            agents.forEach(LinkedAgent::close);
        } finally {
            masters.forEach(OpenService::close);
        }
    }

    private static OpenService gateway(Path jar, Path log, List<URI> masters) throws IOException {
        var addresses = masters.stream().map(URI::toString).collect(Collectors.joining(","));
        var settings =
                List.of(
                        "--meseta.gateway.masters=" + addresses,
                        "--meseta.gateway.access-log=false");
        return OpenService.start(jar, log, SMALL, settings);
    }

    private void round(OfferWatch watch, DoorWatch door, End how) throws Exception {
        var leader = leader();
        long epoch = number("SELECT epoch FROM journal_head");
        long signalled = System.currentTimeMillis();
        switch (how) {
            case KILLED -> leader.kill();
            case STOPPED -> leader.terminate();
            case PAUSED -> leader.pause();
        }
        // Nobody changes the row of a leader that can't renew, until the next one does.
        long end = how == End.STOPPED ? signalled : number(LEASE_END + epoch);
        door.restart(signalled, leader.endpoint().base().getPort());
        long first = when("an agent has come", () -> linkedAfter(epoch) > 0);
        long half = when("half of them have come", () -> linkedAfter(epoch) * 2 >= agentCount);
        long all = when("all have come", () -> linkedAfter(epoch) == agentCount);
        await("the gateway has a leader", () -> door.answeredAtMillis() > 0);
        var times =
                new ArrayList<>(
                        List.of(number(LED + epoch), door.answeredAtMillis(), first, half, all));
        // A framework has no other sign of a paused master than its silence, which takes longer.
        if (how != End.PAUSED) times.addAll(offered(watch, signalled));
        System.out.print("| " + how.name().toLowerCase(Locale.ROOT));
        for (var time : times) System.out.print(" | " + (time - end));
        System.out.println(" |");
        if (how == End.PAUSED) leader.resume();
        else leader.restart();
        await("all masters are ready again", this::areReady);
        await("all is offered again", () -> watch.agentsOffered() == agentCount);
    }

    private List<Long> offered(OfferWatch watch, long since) throws Exception {
        await("another has subscribed us", () -> watch.subscribedAtMillis() > since);
        await("something is offered", () -> watch.firstOfferAtMillis() > since);
        await("all is offered", () -> watch.agentsOffered() == agentCount);
        return List.of(
                watch.subscribedAtMillis(),
                watch.firstOfferAtMillis(),
                watch.offeredAtMillis(agentCount / 2),
                watch.offeredAtMillis(agentCount));
    }

    /// How many agents are linked to somebody who has led since that epoch.
    private long linkedAfter(long epoch) {
        return agents.stream().filter(each -> each.linkedIn() > epoch).count();
    }

    private OpenService leader() {
        return masters.stream()
                .filter(each -> each.answers("/metrics/snapshot", "\"master/elected\":1.0"))
                .findFirst()
                .orElseThrow();
    }

    private boolean areReady() {
        return masters.stream().allMatch(OpenService::isReady);
    }

    /// By the database's clock, which is this machine's.
    private long number(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(database.database().jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// The wall clock's time at which something has become true.
    private static long when(String what, BooleanSupplier isTrue)
            throws InterruptedException, TimeoutException {
        await(what, isTrue);
        return System.currentTimeMillis();
    }

    private static void await(String what, BooleanSupplier isTrue)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!isTrue.getAsBoolean()) {
            if (System.nanoTime() > deadline)
                throw new TimeoutException("not within " + WAIT_MAX.toSeconds() + " s: " + what);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
