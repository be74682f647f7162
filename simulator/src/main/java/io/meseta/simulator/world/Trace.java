package io.meseta.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What has happened: the newest lines for people, and a hash of all of them to tell two runs
/// apart.
public final class Trace {

    private static final int LINES_MAX = 400;
    private static final long PRIME = 0x100000001b3L;

    private final Agenda agenda;
    private final @Nullable Line[] newest = new Line[LINES_MAX];
    private Consumer<String> listener = _ -> {};
    private boolean isHeard;
    private long hash = 0xcbf29ce484222325L;
    private long count;

    private record Line(long at, String who, String what) {

        @Override
        public String toString() {
            return "%10.3f s  %-4s %s".formatted(at / 1e3, who, what);
        }
    }

    public Trace(Agenda agenda) {
        this.agenda = agenda;
    }

    /// Something has happened: one event of the simulation.
    public void note(String who, String what) {
        var line = new Line(agenda.now(), who, what);
        newest[(int) (count % LINES_MAX)] = line;
        if (isHeard) listener.accept(line.toString());
        count++;
        hash = (hash ^ agenda.now()) * PRIME;
        hash = (hash ^ who.hashCode()) * PRIME;
        hash = (hash ^ what.hashCode()) * PRIME;
    }

    /// Hands over every line from now on.
    public void listen(Consumer<String> lines) {
        listener = lines;
        isHeard = true;
    }

    public long count() {
        return count;
    }

    /// Equal for two runs in which the same things happened at the same times.
    public long hash() {
        return hash;
    }

    /// The newest lines, oldest first.
    public List<String> tail() {
        var lines = new ArrayList<String>();
        for (long i = Math.max(0, count - LINES_MAX); i < count; i++) {
            var line = newest[(int) (i % LINES_MAX)];
            if (line != null)
                lines.add("%10.3f s  %-4s %s".formatted(line.at() / 1e3, line.who(), line.what()));
        }
        return lines;
    }
}
