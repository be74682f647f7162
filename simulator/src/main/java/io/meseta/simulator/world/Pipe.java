package io.meseta.simulator.world;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/// One endless answer: what is sent arrives in order or not at all, and after the first loss
/// nothing arrives any more.
public final class Pipe<T> {

    private final Network network;
    private final Node sender;
    private final Node receiver;
    private final long receiverLife;
    private final Consumer<T> arrival;
    private final Runnable endAtReceiver;
    private Runnable endAtSender = () -> {};
    private long senderLife;
    private final Queue<Runnable> inFlight = new ArrayDeque<>();
    private long lastArrival;
    private boolean isOffered;
    private boolean isBroken;

    /// @param endAtReceiver what the receiver does once it notices the end
    public Pipe(
            Network network,
            Node sender,
            Node receiver,
            Consumer<T> arrival,
            Runnable endAtReceiver) {
        this.network = network;
        this.sender = sender;
        this.receiver = receiver;
        this.receiverLife = receiver.life();
        this.arrival = arrival;
        this.endAtReceiver = endAtReceiver;
        receiver.opened(this);
    }

    /// The sender has taken hold of its end.
    ///
    /// @param end what it does once it notices that nobody listens any more
    public void open(Runnable end) {
        senderLife = sender.life();
        endAtSender = end;
        sender.opened(this);
        if (isBroken) sender.later(network.noticeMillis(), end);
    }

    /// This pipe for whoever asks first. Whoever repeats a request gets one that nobody listens to.
    public Pipe<T> orDead() {
        if (!isOffered) {
            isOffered = true;
            return this;
        }
        var dead = new Pipe<T>(network, sender, receiver, _ -> {}, () -> {});
        dead.isBroken = true;
        return dead;
    }

    public void send(T message) {
        if (isBroken) return;
        if (network.breaksNow()) {
            breakNow();
            return;
        }
        arrive(() -> arrival.accept(message));
    }

    /// Ends it in order: what was sent before still arrives.
    public void close() {
        arrive(this::breakNow);
    }

    public boolean isBroken() {
        return isBroken;
    }

    /// Loses whatever has not arrived; each end notices in its own time.
    public void breakNow() {
        if (isBroken) return;
        isBroken = true;
        if (receiver.life() == receiverLife) receiver.later(network.noticeMillis(), endAtReceiver);
        if (sender.life() == senderLife) sender.later(network.noticeMillis(), endAtSender);
    }

    private void arrive(Runnable action) {
        long at = Math.max(lastArrival, receiver.now() + network.latencyMillis());
        lastArrival = at;
        inFlight.add(action);
        // The oldest one, whichever woke it: a receiver that hangs wakes them out of order.
        receiver.later(at - receiver.now(), this::arriveNext);
    }

    private void arriveNext() {
        var next = inFlight.poll();
        if (next != null && !isBroken) next.run();
    }
}
