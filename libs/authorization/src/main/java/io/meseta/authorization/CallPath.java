package io.meseta.authorization;

import java.util.ArrayList;
import java.util.List;

/// A call's path: either clear, so that every server understands the same by it, or not.
///
/// Paths are not repaired. Whether `a/../b`, `//`, `%2f` or `;x` mean something, and what, differs
/// between servers; a rule that understood one thing while the server understands another would be
/// a hole. So whoever forwards a call forwards [Clear#encoded], and refuses the unclear.
public sealed interface CallPath {

    /// Decoded segments without slashes, dots-only names or control characters.
    ///
    /// @param endsWithSlash kept for forwarding; rules do not look at it
    record Clear(List<String> segments, boolean endsWithSlash) implements CallPath {
        public Clear {
            segments = List.copyOf(segments);
        }

        /// The one spelling of this path, for whoever forwards the call.
        public String encoded() {
            return PathText.encode(this);
        }

        @Override
        public String toString() {
            return encoded();
        }
    }

    /// Nobody may be sent here.
    ///
    /// @param problem what is wrong with it, as a clause: `it holds an empty segment`
    record Unclear(String problem) implements CallPath {}

    int LENGTH_MAX = 8192;
    int SEGMENTS_MAX = 128;

    /// Reads a path as it came over the wire, without query or fragment.
    static CallPath of(String raw) {
        if (raw.length() > LENGTH_MAX) return new Unclear("it is longer than " + LENGTH_MAX);
        if (!raw.startsWith("/")) return new Unclear("it does not begin with a slash");
        if (raw.equals("/")) return new Clear(List.of(), true);
        boolean endsWithSlash = raw.endsWith("/");
        int end = endsWithSlash ? raw.length() - 1 : raw.length();
        var segments = new ArrayList<String>();
        int from = 1;
        while (from <= end) {
            int slash = raw.indexOf('/', from);
            int to = slash < 0 || slash > end ? end : slash;
            switch (PathText.decode(raw.substring(from, to))) {
                case PathText.Good(var segment) -> segments.add(segment);
                case PathText.Bad(var problem) -> {
                    return new Unclear(problem);
                }
            }
            if (segments.size() > SEGMENTS_MAX) {
                return new Unclear("it has more than " + SEGMENTS_MAX + " segments");
            }
            from = to + 1;
        }
        return new Clear(segments, endsWithSlash);
    }
}
