package io.meseta.master.operators;

import io.meseta.master.doors.Format;
import io.meseta.mesos.recordio.RecordWriter;
import io.meseta.mesos.v1.master.Event;
import io.meseta.wire.events.OperatorEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Events as records: Mesos' as they are, or with the number of a journal's entry, which makes them
/// a part of ours.
final class OperatorFrames {

    private OperatorFrames() {}

    static byte[] frame(Format format, Event event) {
        return RecordWriter.frame(format.write(event));
    }

    static byte[] frame(Format format, OperatorEvent event) {
        return RecordWriter.frame(format.write(event));
    }

    static byte[] numbered(Format format, Event event, long sequence) {
        return RecordWriter.frame(numbered(format, format.write(event), sequence));
    }

    /// One message may be written as several in a row, and one JSON object can be gone on with.
    private static byte[] numbered(Format format, byte[] event, long sequence) {
        var all = new ByteArrayOutputStream(event.length + 32);
        switch (format) {
            case JSON -> {
                all.write(event, 0, event.length - 1);
                all.writeBytes(
                        (",\"sequence\":" + sequence + "}").getBytes(StandardCharsets.US_ASCII));
            }
            case PROTOBUF -> {
                all.writeBytes(event);
                all.writeBytes(number(sequence));
            }
        }
        return all.toByteArray();
    }

    /// What makes a message of Mesos' stream one of ours.
    static byte[] number(long sequence) {
        return OperatorEvent.newBuilder().setSequence(sequence).build().toByteArray();
    }
}
