package io.meseta.mesos.json;

/// A body is not what was asked for. The message is fit for the answer to whoever sent it.
///
/// It has no stack trace: it tells of the sender, not of us, and senders may send many.
public abstract sealed class UnreadableJson extends Exception
        permits MalformedJson, MisshapenJson, OversizedJson {

    private static final long serialVersionUID = 1L;

    private final String complaint;

    UnreadableJson(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    @Override
    public String getMessage() {
        return complaint;
    }
}
