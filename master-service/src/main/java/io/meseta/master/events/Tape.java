package io.meseta.master.events;

import io.meseta.master.core.cluster.Cluster;
import io.meseta.master.core.reign.Epoch;
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

    /// All that was told of entries after this one is kept.
    private long floor;

    /// @param version of the state that it leads to
    /// @param sequence of the newest entry of the journal that it tells of
    record Entry(long version, long sequence, News news) {}

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
    ///
    /// @param sequence of the newest entry of the journal that it holds
    void begin(Epoch epoch, Cluster cluster, long sequence) {
        clear();
        version++;
        floor = sequence;
        position = Optional.of(new Position(new EventId(epoch, version), cluster, sequence));
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
    List<News> publish() {
        var batches = List.copyOf(gathered);
        gathered.clear();
        if (batches.isEmpty()) return List.of();
        if (!dialect.tellsBatchesApart()) return publish(batches).stream().toList();
        return batches.stream().flatMap(each -> publish(List.of(each)).stream()).toList();
    }

    private Optional<News> publish(List<Committed> batches) {
        if (position.isEmpty()) return Optional.empty();
        var from = position.get();
        var cluster = batches.getLast().after();
        long sequence = batches.getLast().sequence();
        var next = new Position(new EventId(from.id().epoch(), version + 1), cluster, sequence);
        var news = dialect.news(from, batches, next);
        if (news.isEmpty()) {
            position = Optional.of(new Position(from.id(), cluster, sequence));
            return news;
        }
        version++;
        position = Optional.of(next);
        recent.add(new Entry(version, sequence, news.get()));
        bytes += news.get().cost();
        trim();
        return news;
    }

    private void trim() {
        while (recent.size() > entriesMax || bytes > bytesMax) {
            var oldest = recent.removeFirst();
            bytes -= oldest.news().cost();
            floor = Math.max(floor, oldest.sequence());
        }
    }

    /// All that is kept was told of entries after this one, and nothing of them is missing.
    long floor() {
        return floor;
    }

    /// Puts before everything what was told earlier, by whoever led then. What is too much to keep
    /// goes again, the oldest first.
    ///
    /// @param after the number after which nothing is missing in it
    void prepend(long after, List<Past.Told> earlier) {
        // No reader of this epoch has a version that is older than the first.
        long first = recent.isEmpty() ? version : recent.getFirst().version() - 1;
        for (var told : earlier.reversed()) {
            recent.addFirst(new Entry(first, told.sequence(), told.news()));
            bytes += told.news().cost();
        }
        floor = after;
        trim();
    }

    /// All that was told of entries after this one; empty if that is not known, or not any more.
    Optional<List<News>> since(long sequence) {
        boolean isKnown =
                position.filter(now -> sequence >= floor && sequence <= now.sequence()).isPresent();
        return isKnown
                ? Optional.of(
                        recent.stream()
                                .filter(entry -> entry.sequence() > sequence)
                                .map(Entry::news)
                                .toList())
                : Optional.empty();
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
