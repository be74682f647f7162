package io.meseta.master.events;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.cluster.Epoch;
import io.meseta.master.engine.Committed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What was told last, so that a reader who was away can go on; and what is about to be told.
///
/// Each batch begins where the one before it ended, which is how it is seen that none is missing:
/// states are compared by identity. Used by one thread.
final class Tape {

    private final Dialect dialect;
    private final int entriesMax;
    private final long bytesMax;
    private final Deque<Entry> recent = new ArrayDeque<>();
    private final List<Committed> gathered = new ArrayList<>();
    private Optional<Position> position = Optional.empty();
    private long bytes;

    /// Never falls back, also not in a new epoch: an id must not come twice.
    private long version;

    /// @param version of the state that it leads to
    record Entry(long version, News news) {}

    /// @param entriesMax how much is kept for readers who come back
    /// @param bytesMax the same, in bytes
    Tape(Dialect dialect, int entriesMax, long bytesMax) {
        this.dialect = dialect;
        this.entriesMax = entriesMax;
        this.bytesMax = bytesMax;
    }

    /// The newest state that readers have been told of; empty while nothing is followed.
    Optional<Position> position() {
        return position;
    }

    boolean isOf(Epoch epoch) {
        return position.filter(now -> now.id().epoch().equals(epoch)).isPresent();
    }

    /// Begins with a state. Nothing that was told before leads to it.
    void begin(Epoch epoch, Cluster cluster) {
        clear();
        version++;
        position = Optional.of(new Position(new EventId(epoch, version), cluster));
    }

    void clear() {
        recent.clear();
        gathered.clear();
        bytes = 0;
        position = Optional.empty();
    }

    /// Takes a batch. One that the state at the beginning contained already is passed over.
    @SuppressWarnings("ReferenceEquality") // a state is its own version
    void take(Committed batch) {
        if (reached().filter(now -> now == batch.before()).isPresent()) gathered.add(batch);
    }

    private Optional<Cluster> reached() {
        return gathered.isEmpty()
                ? position.map(Position::cluster)
                : Optional.of(gathered.getLast().after());
    }

    boolean hasGathered() {
        return !gathered.isEmpty();
    }

    /// Makes news of what has been gathered; empty if there is nothing to tell.
    Optional<News> publish() {
        if (gathered.isEmpty() || position.isEmpty()) return Optional.empty();
        var from = position.get();
        var batches = List.copyOf(gathered);
        var cluster = gathered.getLast().after();
        gathered.clear();
        var next = new Position(new EventId(from.id().epoch(), version + 1), cluster);
        var news = dialect.news(from, batches, next);
        if (news.isEmpty()) {
            position = Optional.of(new Position(from.id(), cluster));
            return news;
        }
        version++;
        position = Optional.of(next);
        keep(new Entry(version, news.get()));
        return news;
    }

    private void keep(Entry entry) {
        recent.add(entry);
        bytes += entry.news().cost();
        while (recent.size() > entriesMax || bytes > bytesMax)
            bytes -= recent.removeFirst().news().cost();
    }

    /// All that was told after a state; empty if that is not known any more.
    Optional<List<News>> since(EventId id) {
        if (!isOf(id.epoch()) || id.version() > version) return Optional.empty();
        long oldest = recent.isEmpty() ? version : recent.getFirst().version() - 1;
        if (id.version() < oldest) return Optional.empty();
        return Optional.of(
                recent.stream()
                        .filter(entry -> entry.version() > id.version())
                        .map(Entry::news)
                        .toList());
    }
}
