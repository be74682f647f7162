package io.meseta.mesos.protobuf;

/// A body is not the protobuf message it should be, or breaks a limit. The message says which.
///
/// It has no stack trace: it tells of the sender, not of us, and senders may send many.
public final class MalformedProtobuf extends Exception {

    private static final long serialVersionUID = 1L;

    private final String complaint;
    private final boolean tooLarge;

    MalformedProtobuf(String complaint, boolean tooLarge) {
        super(complaint, null, false, false);
        this.complaint = complaint;
        this.tooLarge = tooLarge;
    }

    @Override
    public String getMessage() {
        return complaint;
    }

    /// Whether the body is refused for its length alone, unread.
    public boolean isTooLarge() {
        return tooLarge;
    }
}
