package io.meseta.authorization.text;

import java.util.List;
import java.util.SequencedMap;

/// A text's content without its syntax.
public sealed interface Tree {

    Mark at();

    /// @param isPlain written without quotes, so that it may be a number, a truth or nothing
    record Word(Mark at, String value, boolean isPlain) implements Tree {}

    record Sequence(Mark at, List<Tree> items) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// Keys in the order they were written, each once.
    record Mapping(Mark at, SequencedMap<String, Tree> entries) implements Tree {}
}
