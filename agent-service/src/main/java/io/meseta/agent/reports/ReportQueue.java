package io.meseta.agent.reports;

import io.meseta.wire.agent.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reports that no master has answered for, by their numbers.
///
/// An update that already waits here is not put in a second time, so the queue is never longer than
/// the number of tasks.
public final class ReportQueue {

    private record Waiting(UUID update, Report report) {}

    private final ConcurrentSkipListMap<Long, Waiting> waiting = new ConcurrentSkipListMap<>();
    private final Set<UUID> updates = ConcurrentHashMap.newKeySet();
    private final Semaphore bell = new Semaphore(0);

    public void put(UUID update, Report report) {
        if (!updates.add(update)) return;
        waiting.put(report.getNumber(), new Waiting(update, report));
        bell.release();
    }

    /// The first reports, oldest first: at most so many, and more than one only if they have no
    /// more bytes than that together. They stay until they are dropped.
    public List<Report> first(int countMax, int bytesMax) {
        var first = new ArrayList<Report>();
        long bytes = 0;
        for (var each : waiting.values()) {
            bytes += each.report().getSerializedSize();
            boolean isTooMuch = first.size() == countMax || bytes > bytesMax;
            if (isTooMuch && !first.isEmpty()) break;
            first.add(each.report());
        }
        return first;
    }

    /// Waits until something was put in, or `limit` is over.
    public void awaitSome(Duration limit) throws InterruptedException {
        if (!waiting.isEmpty()) return;
        if (bell.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) bell.drainPermits();
    }

    /// The master has these.
    public void drop(List<Report> reports) {
        for (var report : reports) {
            var dropped = waiting.remove(report.getNumber());
            if (dropped != null) updates.remove(dropped.update());
        }
    }

    /// A new agent says nothing in the old one's name.
    public void clear() {
        waiting.clear();
        updates.clear();
    }

    public int size() {
        return waiting.size();
    }
}
