package io.meseta.master.links;

import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.platform.streams.StreamOutbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What is said to one peer, in order, from the moment it asks for a stream.
///
/// A peer's first news may be made before its answer has begun, since the writer decides on its
/// request and acts at once. They wait here until the stream opens. The one lock is held while
/// references are moved, never while anything is written, and not at all once the stream is open.
final class Outgoing {

    /// More than any peer can have to hear before its answer begins.
    private static final int EARLY_BYTES_MAX = 64 * 1024 * 1024;

    private final ReentrantLock opening = new ReentrantLock();
    private final List<byte[]> early = new ArrayList<>();
    private long earlyBytes;
    private Optional<byte[]> lastWords = Optional.empty();
    private volatile @Nullable StreamOutbox outbox;

    /// Says one record. False if the peer will not hear it.
    boolean say(byte[] record) {
        var frame = RecordWriter.frame(record);
        var open = outbox;
        if (open != null) return open.offer(frame);
        opening.lock();
        try {
            open = outbox;
            if (open == null) return keep(frame);
        } finally {
            opening.unlock();
        }
        return open.offer(frame);
    }

    private boolean keep(byte[] frame) {
        earlyBytes += frame.length;
        if (lastWords.isPresent() || earlyBytes > EARLY_BYTES_MAX) return false;
        early.add(frame);
        return true;
    }

    /// Says a last record and ends the stream.
    void end(byte[] record) {
        finish(RecordWriter.frame(record));
    }

    /// Ends the stream after what was said so far.
    void end() {
        finish(new byte[0]);
    }

    private void finish(byte[] last) {
        opening.lock();
        try {
            var open = outbox;
            if (open != null) open.close(last);
            else if (lastWords.isEmpty()) lastWords = Optional.of(last);
        } finally {
            opening.unlock();
        }
    }

    /// Ends the stream at once: the peer has not kept up.
    void cut() {
        var open = outbox;
        if (open != null) open.cut();
        else end();
    }

    /// Lets what was said so far go out, and whatever follows.
    void open(StreamOutbox opened) {
        opening.lock();
        try {
            for (var frame : early) opened.offer(frame);
            early.clear();
            lastWords.ifPresent(opened::close);
            outbox = opened;
        } finally {
            opening.unlock();
        }
    }
}
