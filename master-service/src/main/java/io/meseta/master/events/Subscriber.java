package io.meseta.master.events;

import io.meseta.platform.streams.StreamOutbox;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A reader of a broadcast. All but its end is the business of one thread at a time.
final class Subscriber {

    private final Audience audience;
    private volatile @Nullable StreamOutbox outbox;

    /// The state that it knows; empty before its snapshot.
    private volatile Optional<EventId> known;

    /// The number after which it wants to go on; empty for no such wish, or no longer.
    private OptionalLong after = OptionalLong.empty();

    /// Why it can't go on after that number, although the past was searched; empty before.
    private Optional<String> obstacle = Optional.empty();

    private volatile boolean hasSnapshot;
    private volatile boolean isBeingShown;
    private volatile boolean isGone;
    private final long openedNanos = System.nanoTime();
    private long saidNanos = openedNanos;

    /// @param known what it brings from an earlier stream
    Subscriber(Audience audience, Optional<EventId> known) {
        this.audience = audience;
        this.known = known;
    }

    /// One that wants to go on.
    static Subscriber after(Audience audience, long sequence) {
        var subscriber = new Subscriber(audience, Optional.empty());
        subscriber.after = OptionalLong.of(sequence);
        return subscriber;
    }

    boolean wantsToGoOn() {
        return after.isPresent();
    }

    long after() {
        return after.orElseThrow();
    }

    /// Goes on, or begins anew.
    void settled() {
        after = OptionalLong.empty();
    }

    void searched(String why) {
        obstacle = Optional.of(why);
    }

    Optional<String> obstacle() {
        return obstacle;
    }

    Audience audience() {
        return audience;
    }

    Optional<EventId> known() {
        return known;
    }

    boolean hasSnapshot() {
        return hasSnapshot;
    }

    /// Is being sent a whole state: until it is, nothing else can be said.
    void showing() {
        isBeingShown = true;
    }

    boolean isBeingShown() {
        return isBeingShown;
    }

    /// Has been sent a whole state.
    void shown(EventId id) {
        known = Optional.of(id);
        hasSnapshot = true;
        isBeingShown = false;
    }

    void opened(StreamOutbox opened) {
        outbox = opened;
    }

    /// It has hung up or was ended, and hears no more.
    void gone() {
        isGone = true;
    }

    boolean isGone() {
        return isGone;
    }

    long openedNanos() {
        return openedNanos;
    }

    long saidNanos() {
        return saidNanos;
    }

    /// Says something; false if it is not heard.
    boolean say(byte[] frame) {
        saidNanos = System.nanoTime();
        var open = outbox;
        return open != null && open.offer(frame);
    }

    /// Says the last thing and ends the stream.
    void finish(byte[] frame) {
        isGone = true;
        var open = outbox;
        if (open != null) open.close(frame);
    }

    /// Ends the stream in the midst of a word.
    void cut() {
        isGone = true;
        var open = outbox;
        if (open != null) open.cut();
    }

    long waitingBytes() {
        var open = outbox;
        return open == null ? 0 : open.waitingBytes();
    }
}
