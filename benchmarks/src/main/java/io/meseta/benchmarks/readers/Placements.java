package io.meseta.benchmarks.readers;

import io.meseta.client.Endpoint;
import io.meseta.client.Master;
import io.meseta.client.Subscription;
import io.meseta.mesos.recordio.RecordReader;
import io.meseta.mesos.v1.AgentInfo;
import io.meseta.mesos.v1.CommandInfo;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.Offer;
import io.meseta.mesos.v1.Resource;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskInfo;
import io.meseta.mesos.v1.Value;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.wire.agent.AgentCall;
import io.meseta.wire.agent.Hello;
import io.meseta.wire.agent.MasterMessage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One framework and one agent, both over HTTP: how long it takes from an ACCEPT to the launch
/// order.
final class Placements implements AutoCloseable {

    private static final int RECORD_BYTES_MAX = 64 * 1024 * 1024;
    private static final int ORDERS_MAX = 1_024;
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final double CPUS = 0.001;

    private final Master master;
    private final Subscription subscription;
    private final BlockingQueue<Long> orders = new ArrayBlockingQueue<>(ORDERS_MAX);
    private int tasks;

    Placements(HttpClient http, int port) throws IOException, InterruptedException {
        this.master = new Master(Endpoint.of("127.0.0.1", port), Duration.ofSeconds(30));
        join(http, port);
        this.subscription =
                master.subscribe(
                        FrameworkInfo.newBuilder().setUser("root").setName("placer").build());
    }

    private void join(HttpClient http, int port) throws IOException, InterruptedException {
        var info =
                AgentInfo.newBuilder()
                        .setHostname("127.0.0.1")
                        .setPort(5051)
                        .addResources(cpus(1_000_000));
        var call =
                AgentCall.newBuilder()
                        .setHello(Hello.newBuilder().setAgentInfo(info).setVersion("1"))
                        .build();
        var route = URI.create("http://127.0.0.1:" + port + "/api/meseta/v1/agent-link");
        var request =
                HttpRequest.newBuilder(route)
                        .header("Content-Type", "application/x-protobuf")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(call.toByteArray()))
                        .build();
        var answer = http.send(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) throw new IOException("no link: " + answer.statusCode());
        Thread.ofPlatform()
                .daemon()
                .name("agent")
                .start(() -> {
                    try (var records =
                            new RecordReader(
                                    new BufferedInputStream(answer.body()), RECORD_BYTES_MAX)) {
                        listen(records);
                    } catch (IOException _) {
                        // The master has gone: the measurement is over.
                    }
                });
    }

    private void listen(RecordReader records) throws IOException {
        for (var next = records.next(); next.isPresent(); next = records.next())
            if (MasterMessage.parseFrom(next.get()).getOrder().hasLaunch()
                    && !orders.offer(System.nanoTime()))
                throw new UncheckedIOException(new IOException("nobody takes the orders"));
    }

    /// Places one task. In nanoseconds.
    long place() throws InterruptedException {
        var offer = offer();
        var task =
                TaskInfo.newBuilder()
                        .setName("t")
                        .setTaskId(TaskID.newBuilder().setValue("placed-" + tasks++))
                        .setAgentId(offer.getAgentId())
                        .addResources(cpus(CPUS))
                        .setCommand(CommandInfo.newBuilder().setValue("true"));
        var operation = Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH);
        operation.getLaunchBuilder().addTaskInfos(task);
        var accept = Call.newBuilder().setType(Call.Type.ACCEPT);
        accept.setFrameworkId(offer.getFrameworkId());
        accept.getAcceptBuilder().addOfferIds(offer.getId()).addOperations(operation);
        accept.getAcceptBuilder().getFiltersBuilder().setRefuseSeconds(0);
        long start = System.nanoTime();
        subscription.call(accept.build());
        var heard = orders.poll(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        if (heard == null) throw new IllegalStateException("no order came");
        return heard - start;
    }

    private Offer offer() throws InterruptedException {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (System.nanoTime() < end) {
            var event = subscription.next(Duration.ofSeconds(1));
            if (event.isPresent() && event.get().getType() == Event.Type.OFFERS)
                return event.get().getOffers().getOffers(0);
        }
        throw new IllegalStateException("no offer came");
    }

    private static Resource cpus(double amount) {
        return Resource.newBuilder()
                .setName("cpus")
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    @Override
    public void close() {
        subscription.close();
        master.close();
    }
}
