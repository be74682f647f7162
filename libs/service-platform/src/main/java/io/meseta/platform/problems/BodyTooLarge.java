package io.meseta.platform.problems;

import java.io.IOException;

/// The body grew past its limit while it was read.
public final class BodyTooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    private final long bytesMax;

    public BodyTooLarge(long bytesMax) {
        super("body of more than " + bytesMax + " bytes");
        this.bytesMax = bytesMax;
    }

    /// The refusal to send for it.
    public Problem problem() {
        return new Problem(
                ProblemType.TOO_LARGE, "The body may have at most " + bytesMax + " bytes.");
    }
}
