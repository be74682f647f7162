package io.meseta.master.links;

import io.meseta.master.core.agent.LinkId;
import io.meseta.master.core.reign.Epoch;
import io.meseta.model.AgentId;
import io.meseta.wire.agent.Goodbye;
import io.meseta.wire.agent.MasterMessage;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/// An agent's open link: the stream down to it, and when it was last heard.
public final class AgentLink {

    private final LinkId id;
    private final Epoch epoch;
    private final String principal;
    private final Outgoing outgoing = new Outgoing();
    private final AtomicReference<Optional<AgentId>> agent =
            new AtomicReference<>(Optional.empty());

    /// Keeps an agent's messages in the order in which they came, while the writer decides on them.
    private final ReentrantLock speaking = new ReentrantLock(true);

    private volatile Heard heard;
    private volatile long beatNanos;

    /// A sign of life, on both clocks.
    record Heard(long nanos, Instant at) {}

    AgentLink(LinkId id, Epoch epoch, String principal, Heard heard) {
        this.id = id;
        this.epoch = epoch;
        this.principal = principal;
        this.heard = heard;
        this.beatNanos = heard.nanos();
    }

    public LinkId id() {
        return id;
    }

    Epoch epoch() {
        return epoch;
    }

    /// Who said hello; empty where nobody is asked.
    String principal() {
        return principal;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /// Whose it is; unknown until the hello has been decided on.
    public Optional<AgentId> agent() {
        return agent.get();
    }

    void belongsTo(AgentId id) {
        agent.set(Optional.of(id));
    }

    void say(MasterMessage message) {
        outgoing.say(message.toByteArray());
    }

    /// Ends the link; the agent is to say hello again.
    void bid(String reason) {
        var goodbye = Goodbye.newBuilder().setReason(reason).setThen(Goodbye.Then.RETURN);
        outgoing.end(MasterMessage.newBuilder().setGoodbye(goodbye).build().toByteArray());
    }

    /// Ends the link for more than a moment.
    void dismiss(MasterMessage goodbye) {
        outgoing.end(goodbye.toByteArray());
    }

    Heard heard() {
        return heard;
    }

    void heard(Heard sign) {
        heard = sign;
    }

    long beatNanos() {
        return beatNanos;
    }

    void beat(long nowNanos) {
        beatNanos = nowNanos;
    }

    /// Something that is done for one message of this agent at a time.
    @FunctionalInterface
    public interface Turn {
        void take() throws java.io.IOException;
    }

    /// Does something once all earlier messages of this agent have been dealt with. False if that
    /// takes too long, and then it is not done.
    public boolean inTurn(long waitMaxMillis, Turn turn)
            throws java.io.IOException, InterruptedException {
        if (!speaking.tryLock(waitMaxMillis, TimeUnit.MILLISECONDS)) return false;
        try {
            turn.take();
            return true;
        } finally {
            speaking.unlock();
        }
    }
}
