package io.meseta.authorization.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Puts a tree together from its parts as they come, without recursion and within limits.
final class TreeGrowth {

    static final int DEPTH_MAX = 24;
    static final int PARTS_MAX = 1_000_000;

    private final String source;
    private final Deque<Open> open = new ArrayDeque<>();
    private int parts;
    private @Nullable Tree root;

    TreeGrowth(String source) {
        this.source = source;
    }

    /// A text that cannot be read on.
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        Unreadable(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private static final class Open {
        private final Mark at;
        private final @Nullable SequencedMap<String, Tree> entries;
        private final List<Tree> items = new ArrayList<>();
        private @Nullable String key;

        private Open(Mark at, boolean isMapping) {
            this.at = at;
            this.entries = isMapping ? new LinkedHashMap<>() : null;
        }
    }

    Unreadable refuse(Mark at, String message) {
        return new Unreadable(new Problem(source, at, "", message));
    }

    void open(Mark at, boolean isMapping) throws Unreadable {
        count(at);
        if (expectsKey()) throw refuse(at, "a key must be a plain word");
        if (open.size() >= DEPTH_MAX) {
            throw refuse(at, "nested deeper than " + DEPTH_MAX + " levels");
        }
        open.push(new Open(at, isMapping));
    }

    void close() throws Unreadable {
        var done = open.pop();
        if (done.entries == null) add(new Tree.Sequence(done.at, done.items));
        else add(new Tree.Mapping(done.at, done.entries));
    }

    void word(Mark at, String value, boolean isPlain) throws Unreadable {
        count(at);
        var top = open.peek();
        if (top != null && expectsKey()) {
            if (top.entries != null && top.entries.containsKey(value)) {
                throw refuse(at, "the key '" + value + "' stands here twice");
            }
            top.key = value;
        } else {
            add(new Tree.Word(at, value, isPlain));
        }
    }

    Optional<Tree> root() {
        return Optional.ofNullable(root);
    }

    private boolean expectsKey() {
        var top = open.peek();
        return top != null && top.entries != null && top.key == null;
    }

    private void add(Tree tree) throws Unreadable {
        var top = open.peek();
        if (top == null) {
            if (root != null) throw refuse(tree.at(), "the text must end here");
            root = tree;
        } else if (top.entries != null && top.key != null) {
            top.entries.put(top.key, tree);
            top.key = null;
        } else {
            top.items.add(tree);
        }
    }

    private void count(Mark at) throws Unreadable {
        parts++;
        if (parts > PARTS_MAX) throw refuse(at, "more than " + PARTS_MAX + " words");
    }
}
