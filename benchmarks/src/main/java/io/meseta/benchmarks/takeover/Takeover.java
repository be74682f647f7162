package io.meseta.benchmarks.takeover;

import io.meseta.testkit.database.KillableDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// The command: `Takeover MASTER_JAR [AGENTS [ROUNDS]]`. Prints a line for each takeover, in
/// milliseconds since the end of the old leader's lease, or since SIGTERM where it gave it back.
public final class Takeover {

    private static final int MASTERS = 3;
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final KillableDatabase database;
    private final List<MasterProcess> masters = new ArrayList<>();
    private final List<LinkedAgent> agents = new ArrayList<>();
    private final AtomicInteger linked = new AtomicInteger();
    private final int agentCount;

    private Takeover(KillableDatabase database, int agentCount) {
        this.database = database;
        this.agentCount = agentCount;
    }

    public static void main(String... arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.println("usage: Takeover MASTER_JAR [AGENTS [ROUNDS]]");
            System.exit(2);
        }
        int agents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        try (var database = KillableDatabase.start()) {
            new Takeover(database, agents).run(Path.of(arguments[0]), rounds);
        }
        System.exit(0);
    }

    private void run(Path jar, int rounds) throws Exception {
        var log = Files.createTempFile("takeover", ".log");
        System.out.println("the masters' log: " + log);
        try (var http = HttpClient.newHttpClient()) {
            for (int i = 0; i < MASTERS; i++)
                masters.add(new MasterProcess(jar, freePort(), database.database().jdbcUrl(), log));
            await("the masters are ready", this::areReady);
            var endpoints = masters.stream().map(MasterProcess::endpoint).toList();
            var addresses = endpoints.stream().map(each -> URI.create(each.toString())).toList();
            for (int i = 0; i < agentCount; i++)
                agents.add(new LinkedAgent(i, http, addresses, linked));
            agents.forEach(LinkedAgent::start);
            await("the agents are linked", () -> linked.get() == agentCount);
            try (var watch = new OfferWatch(endpoints)) {
                watch.start();
                await("all is offered", () -> watch.agentsOffered() == agentCount);
                System.out.println("| how | lead | subscribed | first offer | half | all linked | all offered |");
                System.out.println("|---|---|---|---|---|---|---|");
                for (int i = 0; i < rounds; i++) round(watch, true);
                for (int i = 0; i < rounds; i++) round(watch, false);
            }
            agents.forEach(LinkedAgent::close);
        } finally {
            masters.forEach(MasterProcess::close);
        }
    }

    private void round(OfferWatch watch, boolean isKilled) throws Exception {
        var leader = leader();
        long signalled = System.currentTimeMillis();
        if (isKilled) leader.kill();
        else leader.terminate();
        watch.forget();
        long end = isKilled ? leaseEndMillis() : signalled;
        var leading = when("another leads", () -> isLed(leader));
        var half = when("half are linked", () -> watch.agentsOffered() * 2 >= agentCount);
        var allLinked = when("all are linked", () -> linked.get() == agentCount);
        var allOffered = when("all is offered", () -> watch.agentsOffered() == agentCount);
        System.out.printf(
                "| %s | %d | %d | %d | %d | %d | %d |%n",
                isKilled ? "killed" : "stopped",
                leading - end,
                watch.subscribedAtMillis() - end,
                watch.firstOfferAtMillis() - end,
                half - end,
                allLinked - end,
                allOffered - end);
        leader.restart();
        await("all masters are ready again", this::areReady);
    }

    private MasterProcess leader() {
        return masters.stream().filter(MasterProcess::leads).findFirst().orElseThrow();
    }

    private boolean isLed(MasterProcess before) {
        return masters.stream().filter(each -> each != before).anyMatch(MasterProcess::leads);
    }

    private boolean areReady() {
        return masters.stream().allMatch(MasterProcess::isReady);
    }

    /// By the database's clock, which is this machine's. A killed leader's row stays as it was.
    private long leaseEndMillis() throws SQLException {
        try (var connection = DriverManager.getConnection(database.database().jdbcUrl());
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT (extract(epoch FROM until) * 1000)::bigint FROM lease")) {
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
