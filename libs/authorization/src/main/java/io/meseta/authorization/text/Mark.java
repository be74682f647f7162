package io.meseta.authorization.text;

/// A place in a text; lines and columns count from one.
public record Mark(int line, int column) {

    public static final Mark START = new Mark(1, 1);
}
