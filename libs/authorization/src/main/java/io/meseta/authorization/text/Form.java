package io.meseta.authorization.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Function;

/// A mapping that is filled in by known keys. What it asks for and does not find, and what is left
/// when all has been asked, become problems; reading goes on, so that a writer sees all at once.
public final class Form {

    private final String source;
    private final String path;
    private final Mark at;
    private final SequencedMap<String, Tree> entries;
    private final List<Problem> problems;
    private final TreeSet<String> known = new TreeSet<>();

    private Form(String source, String path, Tree.Mapping mapping, List<Problem> problems) {
        this.source = source;
        this.path = path;
        this.at = mapping.at();
        this.entries = mapping.entries();
        this.problems = problems;
    }

    /// The whole text as a form; its problems go to `problems`.
    public static Optional<Form> of(String source, Tree tree, List<Problem> problems) {
        if (tree instanceof Tree.Mapping mapping) {
            return Optional.of(new Form(source, "", mapping, problems));
        }
        problems.add(new Problem(source, tree.at(), "", "must be a mapping of keys to values"));
        return Optional.empty();
    }

    public String path() {
        return path;
    }

    public Mark at() {
        return at;
    }

    /// The keys that are there, in their order.
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /// The tree under a key, which is thereby known.
    public Optional<Tree> tree(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key));
    }

    /// A word that must be there.
    public String word(String key) {
        var word = optionalWord(key);
        if (word.isEmpty() && !has(key)) missing(key);
        return word.orElse("");
    }

    /// A word that may be left out.
    public Optional<String> optionalWord(String key) {
        return tree(key).flatMap(tree -> asWord(tree, below(key)));
    }

    /// A list of words, or one word that stands for a list of one; never empty unless absent.
    public List<String> words(String key) {
        var words = new ArrayList<String>();
        tree(key).ifPresent(tree -> collect(tree, below(key), words));
        return words;
    }

    /// A mapping that may be left out.
    public Optional<Form> form(String key) {
        return tree(key).flatMap(tree -> asForm(tree, below(key)));
    }

    /// A list of mappings that may be left out.
    public List<Form> forms(String key) {
        var forms = new ArrayList<Form>();
        var tree = tree(key);
        if (tree.isEmpty()) return forms;
        if (!(tree.get() instanceof Tree.Sequence(var where, var items))) {
            report(key, tree.get().at(), "must be a list");
            return forms;
        }
        if (items.isEmpty()) report(key, where, "must not be empty; leave the key out instead");
        for (int i = 0; i < items.size(); i++) {
            asForm(items.get(i), below(key) + "[" + i + "]").ifPresent(forms::add);
        }
        return forms;
    }

    /// Turns words into values; what cannot be turned is a problem in the words of `problem`.
    public <T> List<T> values(
            String key, Function<String, Optional<T>> of, Function<String, String> problem) {
        var values = new ArrayList<T>();
        for (var word : words(key)) {
            of.apply(word).ifPresentOrElse(values::add, () -> report(key, problem.apply(word)));
        }
        return values;
    }

    /// Says what is wrong with the value under a key.
    public void report(String key, String message) {
        var tree = entries.get(key);
        report(key, tree == null ? at : tree.at(), message);
    }

    /// Says what is wrong with the mapping itself.
    public void report(String message) {
        problems.add(new Problem(source, at, path, message));
    }

    /// Ends the reading: keys that nobody has asked for are problems.
    public void finish() {
        entries.forEach((key, tree) -> {
            if (known.contains(key)) return;
            var message = "unknown key" + Suggestion.among(known, key);
            problems.add(new Problem(source, tree.at(), below(key), message));
        });
    }

    /// As a tail to "unknown …": what was probably meant, or all that is known.
    public static String suggestion(Collection<String> known, String word) {
        return Suggestion.among(known, word);
    }

    private void missing(String key) {
        report("the key '" + key + "' is missing");
    }

    private void report(String key, Mark where, String message) {
        problems.add(new Problem(source, where, below(key), message));
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void collect(Tree tree, String where, List<String> words) {
        switch (tree) {
            case Tree.Sequence(var mark, var items) -> {
                if (items.isEmpty()) {
                    var message = "must not be empty; leave the key out instead";
                    problems.add(new Problem(source, mark, where, message));
                }
                for (int i = 0; i < items.size(); i++) {
                    asWord(items.get(i), where + "[" + i + "]").ifPresent(words::add);
                }
            }
            case Tree.Word word -> asWord(word, where).ifPresent(words::add);
            case Tree.Mapping(var mark, _) ->
                    problems.add(new Problem(source, mark, where, "must be a list of words"));
        }
    }

    private Optional<String> asWord(Tree tree, String where) {
        if (tree instanceof Tree.Word(_, var value, var isPlain)) {
            boolean isNothing = isPlain && (value.equals("null") || value.equals("~"));
            if (!value.isEmpty() && !isNothing) return Optional.of(value);
            problems.add(new Problem(source, tree.at(), where, "must not be empty"));
        } else {
            problems.add(new Problem(source, tree.at(), where, "must be one word or sentence"));
        }
        return Optional.empty();
    }

    private Optional<Form> asForm(Tree tree, String where) {
        if (tree instanceof Tree.Mapping mapping) {
            return Optional.of(new Form(source, where, mapping, problems));
        }
        problems.add(new Problem(source, tree.at(), where, "must be a mapping of keys to values"));
        return Optional.empty();
    }
}
