package io.meseta.benchmarks.takeover;

import io.meseta.benchmarks.services.Costs;
import io.meseta.benchmarks.services.OpenService;
import io.meseta.testkit.database.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One takeover after the other, each measured.
final class Rounds {

    private static final String LEASE_END =
            "SELECT (extract(epoch FROM until) * 1000)::bigint::text FROM lease WHERE epoch = ";

    private static final String LED =
            "SELECT (extract(epoch FROM min(at)) * 1000)::bigint::text FROM journal"
                    + " WHERE epoch > ";

    private static final String EPOCH = "SELECT epoch::text FROM journal_head";

    private final TestDatabase database;
    private final List<OpenService> masters;
    private final List<LinkedAgent> agents;
    private final OfferWatch watch;
    private final Optional<DoorWatch> door;
    private final int tasks;

    /// @param tasks how many every leader must know
    Rounds(
            TestDatabase database,
            List<OpenService> masters,
            List<LinkedAgent> agents,
            OfferWatch watch,
            Optional<DoorWatch> door,
            int tasks) {
        this.database = database;
        this.masters = List.copyOf(masters);
        this.agents = List.copyOf(agents);
        this.watch = watch;
        this.door = door;
        this.tasks = tasks;
    }

    void printHead() {
        System.out.println("goal: first offer below 1000 ms, all agents below 10000 ms");
        var columns =
                List.of(
                        "how",
                        "led",
                        "gateway",
                        "first agent",
                        "half of them",
                        "all",
                        "subscribed",
                        "first offer",
                        "half",
                        "all",
                        "tasks known",
                        "WAL bytes",
                        "CPU seconds");
        System.out.println("| " + String.join(" | ", columns) + " |");
        System.out.println("|---".repeat(columns.size()) + "|");
    }

    void run(End how) throws Exception {
        var leader = leader().orElseThrow();
        long epoch = number(EPOCH);
        var costs = costs(leader);
        var cpu = costs.cpuSeconds();
        long wal = costs.walBytes();
        long signalled = System.currentTimeMillis();
        switch (how) {
            case KILLED -> leader.kill();
            case STOPPED -> leader.terminate();
            case PAUSED -> leader.pause();
        }
        // Nobody changes the row of a leader that can't renew, until the next one does.
        long end = how == End.STOPPED ? signalled : number(LEASE_END + epoch);
        int oldPort = leader.endpoint().base().getPort();
        door.ifPresent(each -> each.restart(signalled, oldPort));
        long first = Waiting.when("an agent has come", () -> linkedAfter(epoch) > 0);
        long half = Waiting.when("half of them", () -> linkedAfter(epoch) * 2 >= agents.size());
        long all = Waiting.when("all have come", () -> linkedAfter(epoch) == agents.size());
        var times = new ArrayList<Optional<Long>>();
        times.add(Optional.of(number(LED + epoch)));
        times.add(answered());
        for (long time : List.of(first, half, all)) times.add(Optional.of(time));
        // A framework has no other sign of a paused master than its silence, which takes longer.
        times.addAll(how == End.PAUSED ? List.of() : offered(signalled));
        print(how, end, times, leader);
        System.out.printf(
                " %d | %s |%n", costs.walBytes() - wal, difference(cpu, costs.cpuSeconds()));
        if (how == End.PAUSED) leader.resume();
        else leader.restart();
        Waiting.await(
                "all masters are ready again",
                () -> masters.stream().allMatch(OpenService::isReady));
        Waiting.await("all is offered again", () -> watch.agentsOffered() == agents.size());
    }

    private void print(End how, long end, List<Optional<Long>> times, OpenService old) {
        System.out.print("| " + how.name().toLowerCase(Locale.ROOT));
        for (int i = 0; i < 9; i++) {
            var time = i < times.size() ? times.get(i) : Optional.<Long>empty();
            System.out.print(" | " + time.map(at -> Long.toString(at - end)).orElse(""));
        }
        var known =
                masters.stream()
                        .filter(each -> each != old)
                        .mapToLong(each -> (long) each.figure("master/tasks_running").orElse(0))
                        .max()
                        .orElse(0);
        System.out.print(" | " + known + " of " + tasks + " |");
    }

    private Optional<Long> answered() throws Exception {
        if (door.isEmpty()) return Optional.empty();
        var watched = door.get();
        Waiting.await("the gateway has a leader", () -> watched.answeredAtMillis() > 0);
        return Optional.of(watched.answeredAtMillis());
    }

    private List<Optional<Long>> offered(long since) throws Exception {
        int count = agents.size();
        Waiting.await("another has subscribed us", () -> watch.subscribedAtMillis() > since);
        Waiting.await("something is offered", () -> watch.firstOfferAtMillis() > since);
        Waiting.await("all is offered", () -> watch.agentsOffered() == count);
        return List.of(
                Optional.of(watch.subscribedAtMillis()),
                Optional.of(watch.firstOfferAtMillis()),
                Optional.of(watch.offeredAtMillis(Math.max(1, count / 2))),
                Optional.of(watch.offeredAtMillis(count)));
    }

    /// How many agents are linked to somebody who has led since that epoch.
    private long linkedAfter(long epoch) {
        return agents.stream().filter(each -> each.linkedIn() > epoch).count();
    }

    private Optional<OpenService> leader() {
        return masters.stream()
                .filter(each -> each.answers("/metrics/snapshot", "\"master/elected\":1.0"))
                .findFirst();
    }

    /// Of those who go on.
    private Costs costs(OpenService leader) {
        return new Costs(
                database,
                IntStream.range(0, masters.size())
                        .filter(i -> masters.get(i) != leader)
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        i -> "master " + (i + 1), i -> masters.get(i).handle())));
    }

    private static String difference(Map<String, Double> before, Map<String, Double> after) {
        return after.entrySet().stream()
                .map(each ->
                        String.format(
                                Locale.ROOT,
                                "%s %.1f",
                                each.getKey(),
                                each.getValue() - before.getOrDefault(each.getKey(), 0.0)))
                .collect(Collectors.joining(", "));
    }

    /// By the database's clock, which is this machine's.
    private long number(String query) {
        return Long.parseLong(database.text(query));
    }
}
