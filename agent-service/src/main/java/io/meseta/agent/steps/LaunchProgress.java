package io.meseta.agent.steps;

import io.meseta.agent.core.machine.Command;
import io.meseta.agent.engine.CommandDoor;
import io.meseta.agent.engine.InboxFull;
import io.meseta.agent.engine.Unrecorded;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Says how far a launch is, after a second and then once a second at most, and never at the cost
/// of the launch: what finds no ear is followed by newer word, or by the end.
final class LaunchProgress implements Consumer<String> {

    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final Piece piece;
    private final CommandDoor door;
    private final AtomicLong lastAt = new AtomicLong(System.nanoTime());

    LaunchProgress(Piece piece, CommandDoor door) {
        this.piece = piece;
        this.door = door;
    }

    @Override
    public void accept(String message) {
        long last = lastAt.get();
        long now = System.nanoTime();
        if (now - last < PAUSE_NANOS || !lastAt.compareAndSet(last, now)) return;
        piece.progressed(message)
                .ifPresent(command ->
                        Thread.ofVirtual()
                                .name("progress-" + piece.container())
                                .start(() -> submit(command)));
    }

    private void submit(Command command) {
        try {
            door.submit(command);
        } catch (InboxFull | Unrecorded _) {
            // The next word, or the end, says more.
            return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
