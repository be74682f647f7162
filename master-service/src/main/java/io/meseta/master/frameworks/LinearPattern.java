package io.meseta.master.frameworks;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.meseta.allocator.constraint.TextPattern;
import io.meseta.master.wire.Unacceptable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A regular expression in RE2's language, matched in time that grows with the text alone: a
/// framework's patterns are asked by the writer, for which everyone waits.
final class LinearPattern implements TextPattern {

    /// As long a pattern as could be of use.
    private static final int CHARACTERS_MAX = 512;

    /// What is larger is not even compiled.
    private static final long SIZE_MAX = 20_000;

    /// RE2's words for what the engine has words of its own for.
    private static final Map<String, String> WORDS =
            Map.of(
                    "missing closing ]", "missing ]",
                    "missing closing )", "missing )",
                    "regexp/syntax: internal error", "unexpected )",
                    "trailing backslash at end of expression", "trailing \\",
                    "missing argument to repetition operator",
                            "no argument for repetition operator",
                    "invalid repeat count", "invalid repetition size",
                    "invalid nested repetition operator", "bad repetition operator",
                    "invalid or unsupported Perl syntax", "invalid perl operator",
                    "invalid named capture", "invalid named capture group",
                    "duplicate capture group name", "invalid named capture group");

    private final Pattern pattern;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @param programMax how large the compiled pattern may be, in the engine's instructions
    static LinearPattern compile(String regex, int programMax) throws Unacceptable {
        if (regex.length() > CHARACTERS_MAX || RegexSize.of(regex) > SIZE_MAX)
            throw broken(regex, "pattern too large - compile failed");
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex);
        } catch (PatternSyntaxException invalid) {
            throw broken(regex, words(regex, invalid));
        }
        if (pattern.programSize() > programMax)
            throw new Unacceptable(
                    ("Regex '%s' is too complex: program size of %d is larger than maximum of %d"
                                    + " allowed")
                            .formatted(regex, pattern.programSize(), programMax));
        return new LinearPattern(pattern);
    }

    private static String words(String regex, PatternSyntaxException invalid) {
        var known = WORDS.getOrDefault(invalid.getDescription(), invalid.getDescription());
        var where = known.equals("unexpected )") ? regex : invalid.getPattern();
        return where == null || where.isEmpty() ? known : known + ": " + where;
    }

    private static Unacceptable broken(String regex, String why) {
        return new Unacceptable("Failed to construct regex from pattern '" + regex + "': " + why);
    }

    @Override
    public boolean matches(String text) {
        return pattern.matches(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LinearPattern that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
