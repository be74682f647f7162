package io.meseta.runtime.oci;

import io.meseta.runtime.json.JsonText;
import io.meseta.runtime.state.RuntimeFault;
import io.meseta.runtime.state.RuntimeFault.Kind;
import java.util.List;
import java.util.Locale;

/// What a runtime has written to its log: a line of JSON for each complaint, the first the cause.
///
/// @param otherwise what was said elsewhere, for a runtime that writes no log
record Complaint(Bundle bundle, String otherwise) {

    private static final int MESSAGE_MAX = 500;

    /// How runtimes say that the program is not there or is none.
    private static final List<String> NOT_STARTABLE =
            List.of(
                    "executable file",
                    "no such file or directory",
                    "permission denied",
                    "exec format error",
                    "not a directory",
                    "open executable",
                    "chdir to cwd");

    RuntimeFault asFault() {
        var message = message();
        var words = message.toLowerCase(Locale.ROOT);
        var isAboutProgram =
                NOT_STARTABLE.stream().anyMatch(words::contains)
                        && (words.contains("exec") || words.contains("cwd"));
        return new RuntimeFault(isAboutProgram ? Kind.NOT_STARTABLE : Kind.FAILED, message);
    }

    private String message() {
        var log = bundle.text("runtime.log").orElse("");
        for (var line : log.lines().toList()) {
            try {
                var entry = JsonText.object(line);
                var isError = "error".equals(entry.get("level")) || !entry.containsKey("level");
                if (isError && entry.get("msg") instanceof String message) return shown(message);
            } catch (IllegalArgumentException _) {
                if (!line.isBlank()) return shown(line);
            }
        }
        return otherwise.isBlank() ? "the runtime failed without a word" : shown(otherwise);
    }

    private static String shown(String message) {
        var plain = message.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > MESSAGE_MAX ? plain.substring(0, MESSAGE_MAX) + "…" : plain;
    }
}
