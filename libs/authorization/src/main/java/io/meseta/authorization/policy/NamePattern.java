package io.meseta.authorization.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which names a rule means.
///
/// A name is a path of segments between slashes. `*` inside a segment stands for any run of
/// characters but a slash; `**` as the last segment for any number of further segments, none
/// included: `eng/**` is eng and all below it, `eng/*/**` only what is below. A star alone means
/// any name. `\*` is a star and `\\` a backslash.
public final class NamePattern {

    public static final int LENGTH_MAX = 512;
    static final int STARS_MAX = 8;

    private final String text;
    private final boolean isAny;
    private final boolean isOpenEnded;
    private final List<Glob> segments;

    private NamePattern(String text) {
        this.text = text;
        this.isAny = text.equals("*") || text.equals("**");
        this.isOpenEnded = text.endsWith("/**");
        var body = isOpenEnded ? text.substring(0, text.length() - 3) : text;
        this.segments = split(body).stream().map(Glob::of).toList();
    }

    /// What is wrong with a pattern; empty if nothing is.
    public static Optional<String> problem(String text) {
        if (text.isEmpty()) return Optional.of("a pattern must not be empty");
        if (text.length() > LENGTH_MAX) {
            return Optional.of("a pattern has at most " + LENGTH_MAX + " characters");
        }
        if (hasIdleBackslash(text)) {
            return Optional.of("a backslash may stand only before a star or another backslash");
        }
        var pattern = new NamePattern(text);
        if (pattern.isAny) return Optional.empty();
        int stars = pattern.segments.stream().mapToInt(Glob::stars).sum();
        if (stars > STARS_MAX) return Optional.of("a pattern has at most " + STARS_MAX + " stars");
        boolean hasPair =
                pattern.segments.stream()
                        .anyMatch(each -> each.stars() > 1 && hasEmptyMiddle(each));
        if (hasPair) return Optional.of("'**' may stand only as the last segment, as in 'eng/**'");
        return Optional.empty();
    }

    public static NamePattern of(String text) {
        problem(text)
                .ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
        return new NamePattern(text);
    }

    /// The pattern of just this name.
    public static NamePattern exactly(String name) {
        return of(escaped(name));
    }

    /// The pattern of all names strictly below this one.
    public static NamePattern below(String name) {
        return of(escaped(name) + "/*/**");
    }

    /// A name as it must be written to mean itself.
    public static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("*", "\\*");
    }

    /// The one name that is meant, if it is one.
    public Optional<String> literal() {
        if (isAny || isOpenEnded) return Optional.empty();
        return joined(segments);
    }

    /// The name at or below which all that is meant lies, if there is such a name: `eng` for
    /// `eng/**` and `eng/*/**`.
    public Optional<String> root() {
        if (isAny || !isOpenEnded) return Optional.empty();
        boolean isStrict = segments.size() > 1 && segments.getLast().literals().equals(STAR);
        return joined(isStrict ? segments.subList(0, segments.size() - 1) : segments);
    }

    public boolean matches(String name) {
        if (isAny) return true;
        int from = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (from > name.length()) return false;
            boolean isLast = i == segments.size() - 1;
            int slash = name.indexOf('/', from);
            int to = slash < 0 ? name.length() : slash;
            if (isLast && !isOpenEnded && to < name.length()) return false;
            if (!segments.get(i).matches(name, from, to)) return false;
            from = to + 1;
        }
        return true;
    }

    private static final List<String> STAR = List.of("", "");

    private static Optional<String> joined(List<Glob> segments) {
        if (segments.stream().anyMatch(each -> each.stars() > 0)) return Optional.empty();
        return Optional.of(
                String.join(
                        "/", segments.stream().map(each -> each.literals().getFirst()).toList()));
    }

    /// A slash is never taken literally: a backslash cannot stand before it.
    private static List<String> split(String text) {
        var segments = new ArrayList<String>();
        int start = 0;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
            segments.add(text.substring(start, slash));
            start = slash + 1;
        }
        segments.add(text.substring(start));
        return segments;
    }

    private static boolean hasIdleBackslash(String text) {
        boolean isEscaped = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (isEscaped && letter != '*' && letter != '\\') return true;
            isEscaped = !isEscaped && letter == '\\';
        }
        return isEscaped;
    }

    private static boolean hasEmptyMiddle(Glob glob) {
        return glob.literals().subList(1, glob.literals().size() - 1).contains("");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamePattern that && text.equals(that.text);
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
