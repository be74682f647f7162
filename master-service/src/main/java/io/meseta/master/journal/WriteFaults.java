package io.meseta.master.journal;

import io.meseta.master.engine.JournalFault;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a failed write means: surely nothing written, or nobody knows.
///
/// In doubt nobody knows. That costs a re-reading; the opposite mistake would cost the truth.
final class WriteFaults {

    private static final int CLASS_CHARACTERS = 2;

    /// Classes of SQL states with which the server says that it has rolled the statement back and
    /// goes on. Not among them: 08 and 57P (the connection ends, perhaps after the commit), 58 and
    /// XX (the server itself is in trouble), and whatever it does not name.
    private static final Set<String> ROLLED_BACK =
            Set.of("0A", "22", "23", "25", "28", "3D", "3F", "40", "42", "53", "54", "55");

    /// The server has cancelled the statement, by its own limit or an operator's word.
    private static final String QUERY_CANCELED = "57014";

    private WriteFaults() {}

    static JournalFault of(String what, SQLException failure) {
        return isRolledBack(failure.getSQLState())
                ? new JournalFault.Unavailable("the database refuses " + what, failure)
                : new JournalFault.OutcomeUnknown(
                        "the database has not said whether " + what + " is written", failure);
    }

    private static boolean isRolledBack(@Nullable String state) {
        if (state == null || state.length() < CLASS_CHARACTERS) return false;
        // Its outcome is what the database does not know either.
        if (state.equals("40003")) return false;
        return state.equals(QUERY_CANCELED)
                || ROLLED_BACK.contains(state.substring(0, CLASS_CHARACTERS));
    }
}
