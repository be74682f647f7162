package io.meseta.mesos.recordio;

import io.meseta.mesos.recordio.MalformedRecord.Fault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes a stream apart into records, in whatever pieces it arrives.
///
/// It never holds more than one unfinished record, and memory for that one grows with the bytes
/// that have come, not with the length that was promised. Not safe for use by several threads at
/// once.
public final class RecordDecoder {

    /// As many digits as the largest array length has.
    static final int LENGTH_DIGITS_MAX = 10;

    /// What is set aside for a record before its bytes have come.
    private static final int FIRST_BYTES_MAX = 8 * 1024;

    private final int recordBytesMax;

    private int digits;
    private long length;
    private byte @Nullable [] record;
    private int filled;
    private @Nullable MalformedRecord failure;

    /// @param recordBytesMax the longest record to be taken, in bytes
    public RecordDecoder(int recordBytesMax) {
        if (recordBytesMax < 0) throw new IllegalArgumentException("The limit is negative");
        this.recordBytesMax = recordBytesMax;
    }

    /// Takes the next piece of the stream and returns the records that it completes, in order.
    ///
    /// Once it has thrown, it throws the same on every further call; records completed by the bad
    /// piece before the fault are lost with it.
    public List<byte[]> feed(ByteBuffer chunk) throws MalformedRecord {
        var complete = new ArrayList<byte[]>();
        while (chunk.hasRemaining()) {
            var next = take(chunk);
            if (next != null) complete.add(next);
        }
        return complete;
    }

    /// As [#feed(ByteBuffer)].
    public List<byte[]> feed(byte[] chunk) throws MalformedRecord {
        return feed(ByteBuffer.wrap(chunk));
    }

    /// Says that the stream is over, which is only right between two records.
    public void end() throws MalformedRecord {
        if (failure != null) throw failure;
        if (record != null) {
            throw fail(
                    Fault.ENDED_EARLY,
                    "The stream ended after "
                            + filled
                            + " bytes of a record of "
                            + length
                            + " bytes");
        }
        if (digits > 0) throw fail(Fault.ENDED_EARLY, "The stream ended inside a record's length");
    }

    /// Takes bytes up to the end of one record, or all of them if they complete none.
    byte @Nullable [] take(ByteBuffer chunk) throws MalformedRecord {
        if (failure != null) throw failure;
        if (record == null && !takeLength(chunk)) return null;
        return takeContent(chunk);
    }

    private boolean takeLength(ByteBuffer chunk) throws MalformedRecord {
        while (chunk.hasRemaining()) {
            byte next = chunk.get();
            if (next == '\n' && digits > 0) {
                record = new byte[(int) Math.min(length, FIRST_BYTES_MAX)];
                filled = 0;
                return true;
            }
            takeDigit(next);
        }
        return false;
    }

    private void takeDigit(byte next) throws MalformedRecord {
        if (next < '0' || next > '9') {
            throw fail(
                    Fault.LENGTH_NOT_A_NUMBER,
                    "A record's length holds the byte 0x%02x".formatted(next & 0xff));
        }
        if (digits == LENGTH_DIGITS_MAX) {
            throw fail(
                    Fault.LENGTH_HAS_TOO_MANY_DIGITS,
                    "A record's length has more than " + LENGTH_DIGITS_MAX + " digits");
        }
        digits++;
        length = 10 * length + (next - '0');
        if (length > recordBytesMax) {
            throw fail(
                    Fault.RECORD_TOO_LONG,
                    "A record is longer than the limit of " + recordBytesMax + " bytes");
        }
    }

    private byte @Nullable [] takeContent(ByteBuffer chunk) {
        var content = record;
        if (content == null) return null;
        int count = (int) Math.min(chunk.remaining(), length - filled);
        if (filled + count > content.length) {
            long grown = Math.max(filled + count, 2L * content.length);
            content = Arrays.copyOf(content, (int) Math.min(length, grown));
            record = content;
        }
        chunk.get(content, filled, count);
        filled += count;
        if (filled < length) return null;
        record = null;
        digits = 0;
        length = 0;
        return content;
    }

    private MalformedRecord fail(Fault fault, String message) {
        var malformed = new MalformedRecord(fault, message);
        failure = malformed;
        return malformed;
    }
}
