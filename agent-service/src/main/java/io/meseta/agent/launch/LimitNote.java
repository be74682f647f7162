package io.meseta.agent.launch;

import io.meseta.agent.core.task.Exit;
import io.meseta.agent.core.update.Cause.Reason;
import java.util.Optional;

/// Why a run is being ended, as a line in a file: so that the next agent process knows it too.
public final class LimitNote {

    private static final String START = "limit ";

    private LimitNote() {}

    public static String text(Exit.Limited how) {
        return START + how.what().name() + " " + how.message() + "\n";
    }

    /// Empty for something else.
    public static Optional<Exit.Limited> parse(String text) {
        if (!text.startsWith(START)) return Optional.empty();
        int space = text.indexOf(' ', START.length());
        if (space < 0) return Optional.empty();
        try {
            var what = Reason.valueOf(text.substring(START.length(), space));
            return Optional.of(new Exit.Limited(what, text.substring(space + 1).strip()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
