package io.meseta.master.engine;

/// The journal has not done what it was asked to.
public abstract sealed class JournalFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private JournalFault(String message) {
        super(message);
    }

    private JournalFault(String message, Throwable cause) {
        super(message, cause);
    }

    /// Another leader has taken over. Nothing was written.
    public static final class Fenced extends JournalFault {

        private static final long serialVersionUID = 1L;

        public Fenced(String message) {
            super(message);
        }
    }

    /// The journal can't be reached, or refuses. Nothing was written.
    public static final class Unavailable extends JournalFault {

        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The connection broke while the journal was writing: it may have, or not.
    public static final class OutcomeUnknown extends JournalFault {

        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// An entry can't be understood: it was written by a later build, or it is damaged.
    public static final class Unreadable extends JournalFault {

        private static final long serialVersionUID = 1L;

        public Unreadable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unreadable(String message) {
            super(message);
        }
    }
}
