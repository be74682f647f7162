package io.meseta.master.wire;

/// A message says something that cannot be. The text is fit for whoever sent it.
///
/// It has no stack trace: it tells of the sender, not of us, and senders may send many.
public final class Unacceptable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String complaint;

    public Unacceptable(String complaint) {
        super(complaint, null, false, false);
        this.complaint = complaint;
    }

    @Override
    public String getMessage() {
        return complaint;
    }

    /// The same complaint with words before it.
    public Unacceptable within(String words) {
        return new Unacceptable(words + complaint);
    }
}
