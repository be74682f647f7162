package io.meseta.master.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where submissions wait for the writer: a bounded queue for each lane.
///
/// The one lock of the engine; nothing is done under it but moving references.
final class Inbox<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Lane, Queue<T>> lanes = new EnumMap<>(Lane.class);
    private final int laneMax;
    private boolean closed;

    /// @param laneMax how many may wait in each lane
    Inbox(int laneMax) {
        this.laneMax = laneMax;
        for (var lane : Lane.values()) lanes.put(lane, new ArrayDeque<>());
    }

    /// False if the lane is full or the inbox is closed.
    boolean offer(Lane lane, T item) {
        lock.lock();
        try {
            var queue = lane(lane);
            if (closed || queue.size() >= laneMax) return false;
            queue.add(item);
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for at least one item and takes up to `max`; none if nothing came in time or the inbox
    /// is closed.
    List<T> take(int max, long timeoutMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            while (isEmpty() && !closed && nanos > 0) nanos = arrived.awaitNanos(nanos);
            return drain(max);
        } finally {
            lock.unlock();
        }
    }

    /// Lets nothing in any more and hands over what was left.
    List<T> close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            return drain(Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return lanes.values().stream().mapToInt(Queue::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private List<T> drain(int max) {
        var taken = new ArrayList<T>();
        for (var lane : Lane.values())
            while (taken.size() < max) {
                var item = lane(lane).poll();
                if (item == null) break;
                taken.add(item);
            }
        return taken;
    }

    private boolean isEmpty() {
        return lanes.values().stream().allMatch(Queue::isEmpty);
    }

    private Queue<T> lane(Lane lane) {
        return Objects.requireNonNull(lanes.get(lane));
    }
}
