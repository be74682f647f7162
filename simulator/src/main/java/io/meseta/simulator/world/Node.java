package io.meseta.simulator.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A process on a machine: it can crash, start again, hang for a while, and have a wrong clock.
///
/// Whatever it has planned is forgotten when it crashes, and waits while it hangs.
public final class Node {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final int HANGING_MAX = 3;

    private final String name;
    private final Agenda agenda;
    private final List<Pipe<?>> pipes = new ArrayList<>();
    private long life;
    private boolean isUp = true;
    private long hangsUntil;
    private long isolatedUntil;
    private long skewMillis;

    public Node(String name, Agenda agenda) {
        this.name = name;
        this.agenda = agenda;
    }

    public String name() {
        return name;
    }

    public boolean isUp() {
        return isUp;
    }

    /// Differs for each life between two crashes.
    public long life() {
        return life;
    }

    /// Milliseconds on a clock that nobody sets.
    public long now() {
        return agenda.now();
    }

    /// What the wall clock of this machine shows.
    public Instant wall() {
        return BEGINNING.plusMillis(agenda.now() + skewMillis);
    }

    public void later(long delayMillis, Runnable action) {
        long planned = life;
        agenda.in(delayMillis, () -> act(planned, action));
    }

    /// What happens outside of this node, and so also if it crashes.
    public void outlasting(long delayMillis, Runnable action) {
        agenda.in(delayMillis, action);
    }

    /// Lets everything but this node go on for a while; afterwards it may have crashed. False if
    /// too many wait like this already: each lies on the stack of the one before.
    public boolean hang(long millis) {
        if (agenda.depth() > HANGING_MAX) return false;
        // A moment longer than the world goes on for: nothing of this node happens in the meantime.
        hangFor(millis + 1);
        agenda.runUntil(agenda.now() + millis);
        return true;
    }

    /// Does nothing for a while, and does it later.
    public void hangFor(long millis) {
        hangsUntil = Math.max(hangsUntil, agenda.now() + millis);
    }

    /// Nothing comes in or goes out for a while.
    public void isolateFor(long millis) {
        isolatedUntil = Math.max(isolatedUntil, agenda.now() + millis);
        breakPipes();
    }

    public boolean isIsolated() {
        return agenda.now() < isolatedUntil;
    }

    public void heal() {
        isolatedUntil = 0;
    }

    public void jumpClock(long millis) {
        skewMillis += millis;
    }

    public void setClock() {
        skewMillis = 0;
    }

    public void crash() {
        life++;
        isUp = false;
        hangsUntil = 0;
        breakPipes();
    }

    public void start() {
        isUp = true;
    }

    void opened(Pipe<?> pipe) {
        pipes.removeIf(Pipe::isBroken);
        pipes.add(pipe);
    }

    private void breakPipes() {
        var all = List.copyOf(pipes);
        pipes.clear();
        all.forEach(Pipe::breakNow);
    }

    private void act(long planned, Runnable action) {
        if (life != planned || !isUp) return;
        if (agenda.now() < hangsUntil)
            agenda.in(hangsUntil - agenda.now(), () -> act(planned, action));
        else action.run();
    }
}
