package io.meseta.allocator.constraint;

/// A compiled regular expression.
///
/// It must take time that grows with the text alone: it is asked while everyone else waits. Two
/// that were made of the same words are equal.
public interface TextPattern {

    /// Whether the whole text matches.
    boolean matches(String text);
}
