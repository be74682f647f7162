package io.meseta.authorization.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A text in which `*` stands for any run of characters; a backslash takes a star's meaning away.
///
/// Each literal is looked for once, from left to right, so that matching never goes back.
record Glob(List<String> literals) {

    Glob {
        literals = List.copyOf(literals);
    }

    static Glob of(String text) {
        var literals = new ArrayList<String>();
        var literal = new StringBuilder();
        boolean isEscaped = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (!isEscaped && letter == '\\') {
                isEscaped = true;
                continue;
            }
            if (letter == '*' && !isEscaped) {
                literals.add(literal.toString());
                literal.setLength(0);
            } else {
                literal.append(letter);
            }
            isEscaped = false;
        }
        literals.add(literal.toString());
        return new Glob(literals);
    }

    int stars() {
        return literals.size() - 1;
    }

    /// The text itself if no star is in it.
    Optional<String> literal() {
        return literals.size() == 1 ? Optional.of(literals.getFirst()) : Optional.empty();
    }

    boolean matches(String value, int from, int to) {
        var first = literals.getFirst();
        if (literals.size() == 1) {
            return to - from == first.length() && value.startsWith(first, from);
        }
        var last = literals.getLast();
        int end = to - last.length();
        int at = from + first.length();
        if (at > end || !value.startsWith(first, from) || !value.startsWith(last, end)) {
            return false;
        }
        for (int i = 1; i < literals.size() - 1; i++) {
            int found = value.indexOf(literals.get(i), at, end);
            if (found < 0) return false;
            at = found + literals.get(i).length();
        }
        return true;
    }
}
