package io.meseta.mesos.recordio;

import java.io.IOException;

/// What came over the wire is not RecordIO, or breaks our limits. The stream is useless from here
/// on: no later byte can be told to be the start of a record.
public final class MalformedRecord extends IOException {

    private static final long serialVersionUID = 1L;

    /// What is wrong with the stream.
    public enum Fault {
        /// Where a length is due there is something other than a digit, or no digit at all.
        LENGTH_NOT_A_NUMBER,
        /// The length has more digits than any length we take.
        LENGTH_HAS_TOO_MANY_DIGITS,
        /// The length is above the decoder's limit.
        RECORD_TOO_LONG,
        /// The stream ended inside a length or a record.
        ENDED_EARLY
    }

    private final Fault fault;

    MalformedRecord(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /// What is wrong, for code.
    public Fault fault() {
        return fault;
    }
}
