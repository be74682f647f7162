package io.meseta.mesos.resources;

/// A resource on the wire is none. The text is fit for whoever sent it.
///
/// It has no stack trace: it tells of the sender, not of us, and senders may send many.
public final class InvalidResource extends Exception {

    private static final long serialVersionUID = 1L;

    private final String complaint;

    InvalidResource(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    @Override
    public String getMessage() {
        return complaint;
    }
}
