package io.meseta.benchmarks.allocator;

import static io.meseta.testkit.cluster.AgentDraft.anAgent;
import static io.meseta.testkit.cluster.FrameworkDraft.aFramework;
import static io.meseta.testkit.cluster.TaskDraft.aTask;

import io.meseta.master.core.cluster.Command;
import io.meseta.master.core.cluster.Operation;
import io.meseta.master.core.offer.Offer;
import io.meseta.master.core.offer.RefusalPeriod;
import io.meseta.model.FrameworkId;
import io.meseta.model.Resources;
import io.meseta.testkit.cluster.Stage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Frameworks like Marathon, Jenkins and Spark on 80 machines: how many rounds it takes until all
/// of their 19,500 tasks are placed.
///
/// In a round, which stands for a second, every framework answers each offer that it has: it
/// launches as many tasks as it would on one machine, or declines for the usual five seconds. One
/// that has placed all its tasks wants no more.
final class ThreeKinds {

    private static final int AGENTS = 80;
    private static final int ROUNDS_MAX = 300;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Stage stage = Stage.empty();
    private final List<Client> clients = new ArrayList<>();
    private int placed;

    /// @param perOffer how many of its tasks it launches with one offer at most
    private record Kind(String need, int tasks, int perOffer) {}

    private static final Kind MARATHON = new Kind("cpus:0.07;mem:400", 4_000, 100);
    private static final Kind JENKINS = new Kind("cpus:0.1;mem:4000", 5, 1);
    private static final Kind SPARK = new Kind("cpus:1;mem:1000", 20, 5);

    private static final class Client {
        private final FrameworkId id;
        private final Kind kind;
        private final Resources need;
        private int launched;

        Client(FrameworkId id, Kind kind) {
            this.id = id;
            this.kind = kind;
            this.need = Resources.parse(kind.need());
        }
    }

    static void print() {
        for (int i = 0; i < 3; i++) new ThreeKinds().run(i == 2);
    }

    private void run(boolean isPrinted) {
        for (int i = 0; i < 4; i++) join("marathon-" + i, MARATHON);
        for (int i = 0; i < 500; i++) join("jenkins", JENKINS);
        for (int i = 0; i < 50; i++) join("spark-" + i, SPARK);
        long begun = System.nanoTime();
        long cpuBegun = cpu();
        for (int i = 0; i < AGENTS; i++)
            stage.join(anAgent("host-" + i).with("cpus:64;mem:488000"));
        int wanted = clients.stream().mapToInt(client -> client.kind.tasks()).sum();
        int rounds = 0;
        while (placed < wanted && rounds < ROUNDS_MAX) {
            rounds++;
            int before = placed;
            long roundBegun = System.nanoTime();
            for (var client : clients) answer(client);
            if (isPrinted)
                System.out.printf(
                        Locale.ROOT,
                        "mix: round %d placed %d tasks in %.1f ms%n",
                        rounds,
                        placed - before,
                        (System.nanoTime() - roundBegun) / NANOS_PER_MILLI);
            stage.pass(ROUND);
        }
        System.out.printf(
                Locale.ROOT,
                "mix: %d of %d tasks in %d rounds, %.0f ms, %.0f of CPU%n",
                placed,
                wanted,
                rounds,
                (System.nanoTime() - begun) / NANOS_PER_MILLI,
                (cpu() - cpuBegun) / NANOS_PER_MILLI);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void join(String role, Kind kind) {
        clients.add(new Client(stage.subscribe(aFramework().in(role)), kind));
    }

    private void answer(Client client) {
        for (var offer : stage.offersOf(client.id)) {
            if (client.launched < client.kind.tasks()) accept(client, offer);
            else decline(client, offer);
        }
        if (client.launched == client.kind.tasks() && client.launched > 0) {
            stage.put(new Command.Suppress(stage.caller(client.id), Collections.emptySortedSet()));
            // Said once.
            client.launched++;
        }
        stage.newsFor(client.id);
    }

    private void accept(Client client, Offer offer) {
        var tasks = new ArrayList<Operation.Proposal>();
        var left = offer.grant().resources();
        while (tasks.size() < client.kind.perOffer()
                && client.launched + tasks.size() < client.kind.tasks()
                && left.contains(client.need)) {
            left = left.minus(client.need);
            var id = client.id + "-" + (client.launched + tasks.size());
            tasks.add(aTask(id).needing(client.kind.need()).on(offer));
        }
        if (tasks.isEmpty()) {
            decline(client, offer);
            return;
        }
        stage.put(
                new Command.Accept(
                        stage.caller(client.id),
                        List.of(offer.id()),
                        List.of(new Operation.Launch(tasks)),
                        RefusalPeriod.DEFAULT));
        client.launched += tasks.size();
        placed += tasks.size();
    }

    private void decline(Client client, Offer offer) {
        stage.put(
                new Command.Decline(
                        stage.caller(client.id), List.of(offer.id()), RefusalPeriod.DEFAULT));
    }
}
