package io.meseta.authorization.bundle;

import io.meseta.authorization.SubjectKind;
import java.util.List;

/// How a principal's secret is checked where it is presented with a request (HTTP Basic).
///
/// @param kind what the principal is
/// @param hashes each a password hash in its own textual form (PHC), which names its algorithm and
///   costs; any of them is good, so that a secret can be exchanged without a moment of neither
public record Verifier(SubjectKind kind, List<String> hashes) {

    /// The secret in use, the next one, and one that is about to go.
    public static final int HASHES_MAX = 3;

    public Verifier {
        if (kind == SubjectKind.ANONYMOUS) {
            throw new IllegalArgumentException("Nobody's secret can be checked for nobody");
        }
        if (hashes.isEmpty() || hashes.size() > HASHES_MAX) {
            throw new IllegalArgumentException("A principal has 1 to " + HASHES_MAX + " secrets");
        }
        hashes = List.copyOf(hashes);
    }

    /// Hides the hashes: texts end up in logs.
    @Override
    public String toString() {
        return "Verifier[kind=%s, hashes=(%d hidden)]".formatted(kind, hashes.size());
    }
}
