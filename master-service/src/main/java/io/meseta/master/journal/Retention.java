package io.meseta.master.journal;

import io.meseta.master.engine.JournalFault;
import io.meseta.master.journal.Partitions.Partition;
import io.meseta.master.journal.SnapshotRows.Saved;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Lets go of what is old: whole ranges of entries, and snapshots from which nothing needs to begin
/// any more.
///
/// The newest snapshots always stay with all entries after them, so recovery never lacks anything.
/// Of the others so many stay that each state within the time that is kept can be made again from
/// one that is not far before it.
public final class Retention {

    /// How many of the newest snapshots stay whatever happens: a damaged one must not be the only
    /// one.
    static final int NEWEST_KEPT = 3;

    private final DataSource pool;
    private final EntryRows entries;
    private final Partitions partitions;
    private final Rule rule;
    private final InstantSource clock;

    /// How much is kept.
    ///
    /// @param kept for how long entries stay at least
    /// @param bytesMax what entries and snapshots may take together; beyond it they go earlier. 0
    ///   for no limit
    /// @param gapMax how many entries may lie between two snapshots that stay
    public record Rule(Duration kept, long bytesMax, long gapMax) {

        public Rule {
            if (kept.isNegative() || bytesMax < 0 || gapMax < 1)
                throw new IllegalArgumentException("nothing can be kept like that");
        }
    }

    /// What is gone.
    ///
    /// @param ranges of entries
    public record Swept(int ranges, int snapshots) {

        static final Swept NOTHING = new Swept(0, 0);
    }

    Retention(
            DataSource pool,
            EntryRows entries,
            Partitions partitions,
            Rule rule,
            InstantSource clock) {
        this.pool = pool;
        this.entries = entries;
        this.partitions = partitions;
        this.rule = rule;
        this.clock = clock;
    }

    /// Lets go of what may go, unless another master is at it.
    public Swept sweep() {
        try (var connection = pool.getConnection()) {
            if (!partitions.isAlone(connection)) return Swept.NOTHING;
            try {
                return sweep(connection);
            } finally {
                partitions.leave(connection);
            }
        } catch (SQLException failure) {
            throw new JournalFault.Unavailable("old entries can't be let go of", failure);
        }
    }

    private Swept sweep(Connection connection) throws SQLException {
        partitions.dropLeftovers(connection);
        var snapshots = SnapshotRows.all(connection);
        if (snapshots.isEmpty()) return Swept.NOTHING;
        var ranges = partitions.all(connection);
        // The newest entry stays in any case: its time is what the next leader goes on from.
        long stays = Math.min(firstToStay(snapshots, ranges), entries.ends().newest());
        int dropped = 0;
        for (var range : ranges) {
            if (range.until() > stays) break;
            partitions.drop(connection, range);
            dropped++;
        }
        var gone = superfluous(snapshots, entries.ends().oldest(), rule.gapMax());
        boolean areGone = SnapshotRows.drop(connection, gone);
        return new Swept(dropped, areGone ? gone.size() : 0);
    }

    /// The first entry that must stay: no range that holds it or a later one may go.
    private long firstToStay(List<Saved> snapshots, List<Partition> ranges) {
        long newestOld = entries.newestAt(clock.instant().minus(rule.kept()));
        long byTime =
                snapshots.stream()
                        .mapToLong(Saved::sequence)
                        .filter(sequence -> sequence <= newestOld)
                        .max()
                        .orElse(0);
        var safe = snapshots.get(Math.max(0, snapshots.size() - NEWEST_KEPT)).sequence();
        return Math.min(Math.max(byTime, bySize(snapshots, ranges)), safe) + 1;
    }

    /// The last entry of the ranges that have to go for what is left to be small enough.
    private long bySize(List<Saved> snapshots, List<Partition> ranges) {
        if (rule.bytesMax() == 0) return 0;
        long bytes =
                snapshots.stream().mapToLong(Saved::bytes).sum()
                        + ranges.stream().mapToLong(Partition::bytes).sum();
        long last = 0;
        for (var range : ranges) {
            if (bytes <= rule.bytesMax()) break;
            bytes -= range.bytes();
            last = range.until() - 1;
            for (var each : snapshots)
                if (each.sequence() >= range.from() && each.sequence() < range.until())
                    bytes -= each.bytes();
        }
        return last;
    }

    /// The snapshots that are not needed: those after which entries are missing, and those between
    /// two that are near enough to each other without them. The newest are always needed.
    static List<Saved> superfluous(List<Saved> snapshots, long oldestEntry, long gapMax) {
        int settled = Math.max(0, snapshots.size() - NEWEST_KEPT);
        var gone = new ArrayList<Saved>();
        long before = -1;
        for (int i = 0; i < settled; i++) {
            var each = snapshots.get(i);
            long next = snapshots.get(i + 1).sequence();
            boolean leadsNowhere = each.sequence() + 1 < oldestEntry;
            boolean isNear = before >= 0 && next - before <= gapMax;
            if (leadsNowhere || isNear) gone.add(each);
            else before = each.sequence();
        }
        return gone;
    }
}
