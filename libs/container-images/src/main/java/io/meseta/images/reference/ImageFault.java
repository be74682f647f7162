package io.meseta.images.reference;

import java.nio.channels.ClosedByInterruptException;
import org.jspecify.annotations.Nullable;

/// What went wrong with an image. The message is for whoever started the task: it names the image
/// or the blob, and never holds a credential, a token or the query of an address.
public final class ImageFault extends RuntimeException {

    /// What kind of trouble it is; decides who can do something about it.
    public enum Kind {
        /// A name, digest or setting that cannot mean anything.
        INVALID(false),
        /// Content that breaks its format: broken, cut off or hostile.
        MALFORMED(false),
        /// Content beyond one of our limits.
        TOO_LARGE(false),
        /// Content that is not what its digest says.
        WRONG_DIGEST(true),
        /// A format that we know and do not take, or a platform the image does not have.
        UNSUPPORTED(false),
        /// There is no such image, tag, blob or file.
        NOT_FOUND(false),
        /// The registry wants other credentials, or none of ours may do this.
        UNAUTHORIZED(false),
        /// The other side could not be reached, or answered nothing of use, and retries are spent.
        UNREACHABLE(true),
        /// Our own disk failed or is full.
        STORAGE(true),
        /// Nobody waits for it any more, or the store is closing.
        CANCELLED(true);

        private final boolean isPassing;

        Kind(boolean isPassing) {
            this.isPassing = isPassing;
        }

        /// Whether the same attempt may succeed later without anybody changing anything.
        public boolean isPassing() {
            return isPassing;
        }
    }

    private final Kind kind;

    public ImageFault(Kind kind, String message) {
        this(kind, message, null);
    }

    public ImageFault(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// A format broken at `what`.
    public static ImageFault malformed(String what) {
        return new ImageFault(Kind.MALFORMED, what);
    }

    /// More of something than we take.
    public static ImageFault tooLarge(String what) {
        return new ImageFault(Kind.TOO_LARGE, what);
    }

    /// Our disk failed while doing `what`, or we were told to stop.
    public static ImageFault storage(String what, Throwable cause) {
        if (cause instanceof ClosedByInterruptException) {
            return new ImageFault(Kind.CANCELLED, "stopped while " + what, cause);
        }
        return new ImageFault(Kind.STORAGE, what + ": " + cause.getMessage(), cause);
    }

    /// Text of strangers made fit for a message: one line, printable, at most 120 characters.
    public static String quoted(String text) {
        int max = Math.min(text.length(), 120);
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < max; i++) {
            char each = text.charAt(i);
            quoted.append(each < ' ' || each == 0x7f || each == '"' ? '?' : each);
        }
        return quoted.append(text.length() > max ? "…\"" : "\"").toString();
    }
}
