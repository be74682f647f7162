package io.meseta.master.history;

/// The tables of the history can't be read or written at the moment.
final class HistoryFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HistoryFault(String message, Throwable cause) {
        super(message, cause);
    }
}
