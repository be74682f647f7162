package io.meseta.authorization.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which paths of a service a rule means, written decoded: `/orders/{id}/items/*`.
///
/// `*` inside a segment stands for any run of characters, `{name}` for one whole segment that
/// conditions may ask for, and `**` as the last segment for any number of segments, none included.
/// Letters count as they are; a slash at the end of a path does not.
public final class PathTemplate {

    static final int LENGTH_MAX = 1024;

    private final String text;
    private final boolean isOpenEnded;
    private final List<Segment> segments;

    /// One step of a template.
    public sealed interface Segment {

        /// Exactly this.
        record Literal(String text) implements Segment {}

        /// Anything, under a name.
        record Variable(String name) implements Segment {}

        /// Whatever fits a glob.
        record Free(String glob) implements Segment {}
    }

    private record Step(Segment segment, Glob glob) {}

    private final List<Step> steps;

    private PathTemplate(String text, boolean isOpenEnded, List<Segment> segments) {
        this.text = text;
        this.isOpenEnded = isOpenEnded;
        this.segments = List.copyOf(segments);
        this.steps = segments.stream().map(each -> new Step(each, glob(each))).toList();
    }

    /// What is wrong with a template; empty if nothing is.
    public static Optional<String> problem(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.of("a path has at most " + LENGTH_MAX + " characters");
        }
        if (!text.startsWith("/")) return Optional.of("a path must begin with a slash");
        var names = new TreeSet<String>();
        var words = words(text);
        for (int i = 0; i < words.size(); i++) {
            boolean isLast = i == words.size() - 1;
            var word = words.get(i);
            if (isLast && word.equals("**")) break;
            var problem = segmentProblem(word);
            if (problem.isPresent()) return problem;
            if (isVariable(word) && !names.add(word)) {
                return Optional.of("the variable " + word + " stands here twice");
            }
        }
        return Optional.empty();
    }

    public static PathTemplate of(String text) {
        problem(text)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        var words = words(text);
        boolean isOpenEnded = !words.isEmpty() && words.getLast().equals("**");
        if (isOpenEnded) words = words.subList(0, words.size() - 1);
        return new PathTemplate(
                text, isOpenEnded, words.stream().map(PathTemplate::segment).toList());
    }

    public List<Segment> segments() {
        return segments;
    }

    /// Whether further segments may follow.
    public boolean isOpenEnded() {
        return isOpenEnded;
    }

    public boolean hasVariables() {
        return segments.stream().anyMatch(Segment.Variable.class::isInstance);
    }

    public boolean matches(List<String> path) {
        if (path.size() < steps.size()) return false;
        if (path.size() > steps.size() && !isOpenEnded) return false;
        for (int i = 0; i < steps.size(); i++) {
            var segment = path.get(i);
            if (!steps.get(i).glob.matches(segment, 0, segment.length())) return false;
        }
        return true;
    }

    /// What the variables stand for in a path that matches.
    public Map<String, String> variables(List<String> path) {
        var values = new TreeMap<String, String>();
        for (int i = 0; i < segments.size() && i < path.size(); i++) {
            if (segments.get(i) instanceof Segment.Variable(var name))
                values.put(name, path.get(i));
        }
        return values;
    }

    private static Glob glob(Segment segment) {
        return switch (segment) {
            case Segment.Literal(var literal) -> new Glob(List.of(literal));
            case Segment.Variable _ -> Glob.of("*");
            case Segment.Free(var glob) -> Glob.of(glob);
        };
    }

    private static Segment segment(String word) {
        if (isVariable(word)) return new Segment.Variable(word.substring(1, word.length() - 1));
        if (word.indexOf('*') >= 0) return new Segment.Free(word);
        return new Segment.Literal(word);
    }

    private static Optional<String> segmentProblem(String word) {
        if (word.isEmpty()) return Optional.of("a path has no empty segments");
        if (word.equals(".") || word.equals("..")) {
            return Optional.of("a path has no '" + word + "': calls with it are refused anyway");
        }
        if (word.contains("**")) return Optional.of("'**' may stand only as the last segment");
        if (word.chars().filter(letter -> letter == '*').count() > NamePattern.STARS_MAX) {
            return Optional.of("a segment has at most " + NamePattern.STARS_MAX + " stars");
        }
        if (word.indexOf('\\') >= 0 || word.indexOf('%') >= 0 || word.indexOf('?') >= 0) {
            return Optional.of("a path is written decoded and without query: no '\\', '%' or '?'");
        }
        boolean hasBrace = word.indexOf('{') >= 0 || word.indexOf('}') >= 0;
        if (hasBrace && !isVariable(word)) {
            return Optional.of("a variable is a whole segment: '{id}'");
        }
        return Optional.empty();
    }

    private static boolean isVariable(String word) {
        if (word.length() < 3 || !word.startsWith("{") || !word.endsWith("}")) return false;
        return word.substring(1, word.length() - 1)
                .chars()
                .allMatch(letter -> letter == '_' || (letter < 0x80 && isLetterOrDigit(letter)));
    }

    private static boolean isLetterOrDigit(int letter) {
        return Character.isLetterOrDigit(letter);
    }

    private static List<String> words(String text) {
        if (text.equals("/")) return List.of();
        var words = new ArrayList<String>();
        int start = 1;
        int end = text.endsWith("/") ? text.length() - 1 : text.length();
        for (int slash = text.indexOf('/', start);
                slash >= 0 && slash < end;
                slash = text.indexOf('/', start)) {
            words.add(text.substring(start, slash));
            start = slash + 1;
        }
        words.add(text.substring(start, Math.max(start, end)));
        return words;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
