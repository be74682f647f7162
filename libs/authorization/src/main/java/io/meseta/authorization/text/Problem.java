package io.meseta.authorization.text;

/// What is wrong with a text, where, and what would be right.
///
/// @param source the file's name
/// @param at line and column, both from one
/// @param path the keys that lead there: `rules[2].effect`; empty for the whole text
public record Problem(String source, Mark at, String path, String message) {

    @Override
    public String toString() {
        var place = source + ":" + at.line() + ":" + at.column() + ": ";
        return path.isEmpty() ? place + message : place + path + ": " + message;
    }
}
