package io.meseta.endtoend.framework;

import com.google.protobuf.ByteString;
import io.meseta.client.ClientFault;
import io.meseta.client.Endpoint;
import io.meseta.client.Identity;
import io.meseta.client.Master;
import io.meseta.client.Subscription;
import io.meseta.mesos.v1.AgentID;
import io.meseta.mesos.v1.FrameworkID;
import io.meseta.mesos.v1.FrameworkInfo;
import io.meseta.mesos.v1.TaskID;
import io.meseta.mesos.v1.TaskState;
import io.meseta.mesos.v1.TaskStatus;
import io.meseta.mesos.v1.scheduler.Call;
import io.meseta.mesos.v1.scheduler.Event;
import io.meseta.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A framework that keeps going: it launches what it is asked to, acknowledges what it hears, and
/// when its conversation breaks it subscribes again with its id and finds out by reconciliation
/// what became of launches whose answer it did not hear.
///
/// One thread speaks with the master; tests ask and wait.
public final class TestFramework implements AutoCloseable {

    private static final Duration CALL_MAX = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration RECONCILE_INTERVAL = Duration.ofSeconds(1);
    private static final double FAILOVER_S = 3600;
    private static final int HEARTBEATS_MISSED_MAX = 5;
    private static final int TROUBLES_MAX = 30;

    private final Master master;
    private final Queue<TaskWish> wishes = new ConcurrentLinkedQueue<>();
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Update> unacknowledged = new ConcurrentLinkedQueue<>();
    private final Map<String, TaskWish> launched = new ConcurrentHashMap<>();
    private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final UpdateLog log = new UpdateLog();
    private final OfferBook offers = new OfferBook();
    private final Thread thread;
    private volatile FrameworkInfo info;
    private final AtomicInteger subscriptions = new AtomicInteger();
    private volatile boolean isClosed;
    private volatile @Nullable Throwable broken;
    private long reconciledAt = System.nanoTime();
    private long silenceMaxNanos = Long.MAX_VALUE;

    /// A launch of which it is not known whether the master has taken it.
    private record Doubt(TaskWish wish, AgentID agent) {}

    private TestFramework(List<Endpoint> masters, FrameworkInfo info, Identity identity) {
        this.master = new Master(masters, CALL_MAX, identity);
        this.info = info;
        this.thread = Thread.ofPlatform().daemon().name(info.getName()).unstarted(this::run);
    }

    /// A framework that knows all task states, and stays for an hour when its connection is lost.
    public static TestFramework subscribe(Endpoint master, String name) {
        return subscribe(List.of(master), name);
    }

    /// The same, with several masters of which any may lead.
    public static TestFramework subscribe(List<Endpoint> masters, String name) {
        return begin(new TestFramework(masters, infoOf(name).build(), Identity.nobody()));
    }

    /// The same, as somebody, by whatever leads to the masters.
    ///
    /// @param principal the same one's name
    public static TestFramework subscribe(
            Endpoint door, String name, Identity identity, String principal) {
        var info = infoOf(name).setPrincipal(principal).build();
        return begin(new TestFramework(List.of(door), info, identity));
    }

    private static TestFramework begin(TestFramework framework) {
        framework.thread.start();
        Await.within(Duration.ofSeconds(30))
                .until(
                        framework.info.getName() + " is subscribed",
                        () -> framework.subscriptions() > 0);
        return framework;
    }

    private static FrameworkInfo.Builder infoOf(String name) {
        var info =
                FrameworkInfo.newBuilder()
                        .setUser(System.getProperty("user.name", "root"))
                        .setName(name)
                        .setFailoverTimeout(FAILOVER_S)
                        .setCheckpoint(true)
                        .addRoles("*");
        for (var type :
                List.of(
                        FrameworkInfo.Capability.Type.MULTI_ROLE,
                        FrameworkInfo.Capability.Type.PARTITION_AWARE,
                        FrameworkInfo.Capability.Type.RESERVATION_REFINEMENT)) {
            info.addCapabilities(FrameworkInfo.Capability.newBuilder().setType(type));
        }
        return info;
    }

    public FrameworkID id() {
        return info.getId();
    }

    /// How often it has subscribed; more than once means that its conversation broke.
    public int subscriptions() {
        return subscriptions.get();
    }

    /// Everything heard so far.
    public UpdateLog log() {
        return log;
    }

    /// Launches a task on the first offer that is large enough.
    public void launch(TaskWish wish) {
        launched.put(wish.id(), wish);
        wishes.add(wish);
    }

    /// Asks for a task's end.
    public void kill(String task) {
        var call = Call.newBuilder().setType(Call.Type.KILL);
        call.getKillBuilder().setTaskId(TaskID.newBuilder().setValue(task));
        calls.add(call.build());
    }

    /// Makes any call; it waits its turn while there is no conversation.
    public void call(Call.Builder call) {
        calls.add(call.build());
    }

    /// Waits for a state of a task, reliable or not, and returns the status that said it.
    public TaskStatus await(String task, TaskState state) {
        return await(task, state, Duration.ofSeconds(30));
    }

    public TaskStatus await(String task, TaskState state, Duration limit) {
        return Await.within(limit)
                .value(
                        "%s is %s; heard: %s".formatted(task, state, log.all(task)),
                        () -> {
                            checkHealth();
                            return log.all(task).stream()
                                    .map(Update::status)
                                    .filter(status -> status.getState() == state)
                                    .findFirst();
                        });
    }

    /// Waits until all these tasks have ended.
    public void awaitEnds(List<String> tasks, Duration limit) {
        Await.within(limit)
                .passes(
                        "all tasks have ended",
                        () -> {
                            checkHealth();
                            var open = tasks.stream().filter(task -> !log.hasEnded(task)).toList();
                            if (!open.isEmpty()) throw new AssertionError(describe(open));
                        });
    }

    private String describe(List<String> tasks) {
        return tasks.stream().map(task -> task + ": " + log.all(task)).toList() + " " + troubles;
    }

    private void checkHealth() {
        var failure = broken;
        if (failure != null) throw new IllegalStateException("the framework broke", failure);
    }

    /// Waits until every update heard has been acknowledged.
    public void awaitAcknowledged() {
        Await.within(Duration.ofSeconds(30)).until("all is acknowledged", unacknowledged::isEmpty);
    }

    /// Hangs up without a word; the master keeps the framework for its failover time.
    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(CALL_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        master.close();
    }

    private void run() {
        while (!isClosed) {
            try (var subscription = master.subscribe(info)) {
                offers.clear();
                converse(subscription);
            } catch (ClientFault fault) {
                note(String.valueOf(fault.getMessage()));
                LockSupport.parkNanos(TICK.toNanos());
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException | Error failure) {
                broken = failure;
                return;
            }
        }
    }

    private void converse(Subscription subscription) throws InterruptedException {
        boolean isSubscribed = false;
        long heardAt = System.nanoTime();
        while (!isClosed) {
            var event = subscription.next(TICK);
            if (event.isEmpty() && System.nanoTime() - heardAt > silenceMaxNanos) {
                note("nothing was heard for too long");
                return;
            }
            if (event.isPresent()) {
                heardAt = System.nanoTime();
                isSubscribed |= event.get().getType() == Event.Type.SUBSCRIBED;
                hear(event.get());
            }
            if (!isSubscribed) continue;
            acknowledge(subscription);
            useOffers(subscription);
            say(subscription);
            reconcileDoubts(subscription);
        }
    }

    private void hear(Event event) {
        switch (event.getType()) {
            case SUBSCRIBED -> {
                info = info.toBuilder().setId(event.getSubscribed().getFrameworkId()).build();
                subscriptions.incrementAndGet();
                double interval = event.getSubscribed().getHeartbeatIntervalSeconds();
                silenceMaxNanos = (long) (HEARTBEATS_MISSED_MAX * interval * 1e9);
            }
            case OFFERS -> event.getOffers().getOffersList().forEach(offers::add);
            case RESCIND -> offers.remove(event.getRescind().getOfferId());
            case UPDATE -> hear(new Update(event.getUpdate().getStatus(), subscriptions()));
            case ERROR -> throw new IllegalStateException(event.getError().getMessage());
            default -> {
                // Heartbeats and failures say nothing that these tests need.
            }
        }
    }

    private void hear(Update update) {
        var doubt = doubts.remove(update.task());
        if (doubt != null && saysNeverTaken(update)) {
            wishes.add(doubt.wish());
            return;
        }
        // The agent had gone, or the offer: the task was never launched, so it is launched now.
        var wish = launched.get(update.task());
        if (wish != null && !update.isReliable() && update.state() == TaskState.TASK_DROPPED) {
            note(update.toString());
            wishes.add(wish);
            return;
        }
        if (update.isReliable()) unacknowledged.add(update);
        log.add(update);
    }

    /// What reconciliation says of a task that no master has taken.
    private static boolean saysNeverTaken(Update update) {
        return !update.isReliable()
                && List.of(
                                TaskState.TASK_GONE,
                                TaskState.TASK_UNKNOWN,
                                TaskState.TASK_DROPPED,
                                TaskState.TASK_LOST)
                        .contains(update.state());
    }

    private void note(String trouble) {
        troubles.add(trouble);
        if (troubles.size() > TROUBLES_MAX) troubles.removeFirst();
    }

    private void acknowledge(Subscription subscription) {
        while (!unacknowledged.isEmpty()) {
            var update = unacknowledged.element();
            var call = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE);
            call.getAcknowledgeBuilder()
                    .setAgentId(update.status().getAgentId())
                    .setTaskId(update.status().getTaskId())
                    .setUuid(ByteString.copyFrom(update.uuid().toByteArray()));
            if (!said(subscription, call)) return;
            unacknowledged.remove();
        }
    }

    private void say(Subscription subscription) {
        while (!calls.isEmpty()) {
            if (!said(subscription, calls.element().toBuilder())) return;
            calls.remove();
        }
    }

    /// False when the master cannot take it just now and it must be said again.
    private boolean said(Subscription subscription, Call.Builder call) {
        try {
            subscription.call(call.setFrameworkId(id()).build());
            return true;
        } catch (ClientFault.Rejected rejected) {
            note(call.getType() + ": " + rejected.getMessage());
            if (rejected.status() == 503) return false;
            throw rejected;
        }
    }

    private void useOffers(Subscription subscription) {
        for (var accept : offers.match(wishes)) {
            var call = accept.call().setFrameworkId(id()).build();
            // In doubt before it is said: an update may be faster than the answer.
            for (var wish : accept.wishes()) {
                doubts.put(wish.id(), new Doubt(wish, accept.agent()));
            }
            reconciledAt = System.nanoTime();
            try {
                subscription.call(call);
                accept.wishes().forEach(wish -> doubts.remove(wish.id()));
            } catch (ClientFault.Rejected rejected) {
                note("ACCEPT: " + rejected.getMessage());
                if (rejected.status() / 100 == 4) throw rejected;
                // Should the master still hold the offer for us, it may have it back.
                calls.add(OfferBook.decline(call.getAccept().getOfferIdsList(), 0).build());
            }
        }
        offers.decline().ifPresent(call -> calls.add(call.build()));
        if (!wishes.isEmpty() && offers.isDue()) {
            calls.add(Call.newBuilder().setType(Call.Type.REVIVE).build());
        }
    }

    private void reconcileDoubts(Subscription subscription) {
        if (doubts.isEmpty()) return;
        if (System.nanoTime() - reconciledAt < RECONCILE_INTERVAL.toNanos()) return;
        reconciledAt = System.nanoTime();
        var call = Call.newBuilder().setType(Call.Type.RECONCILE);
        var asked = new ArrayList<Call.Reconcile.Task>();
        doubts.forEach((task, doubt) ->
                asked.add(
                        Call.Reconcile.Task.newBuilder()
                                .setTaskId(TaskID.newBuilder().setValue(task))
                                .setAgentId(doubt.agent())
                                .build()));
        call.getReconcileBuilder().addAllTasks(asked);
        var _ = said(subscription, call);
    }
}
