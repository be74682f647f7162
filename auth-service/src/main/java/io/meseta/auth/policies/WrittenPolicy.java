package io.meseta.auth.policies;

import io.meseta.auth.changes.Audited;
import io.meseta.auth.secrets.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A policy's text at one version.
///
/// @param version rises with each change, also over a deletion; from 1
public record WrittenPolicy(
        String name, String text, long version, Instant changedAt, String changedBy)
        implements Audited {

    @Override
    public String resource() {
        return "policies/" + name;
    }

    /// The text itself is in the policy's history, under this version.
    @Override
    public SortedMap<String, Object> facts() {
        return new TreeMap<>(Map.of("version", version, "sha256", Digest.hex(text)));
    }
}
