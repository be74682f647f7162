package io.meseta.model;

/// The one rule for the text of an id.
///
/// Ids become directory names on agents, so what a directory cannot be called is refused.
public final class Ids {

    /// The longest file name that Linux file systems take, in bytes.
    static final int BYTES_MAX = 255;

    private Ids() {}

    static void check(String value) {
        if (value.isEmpty()) throw new IllegalArgumentException("ID must not be an empty string");
    }
}
