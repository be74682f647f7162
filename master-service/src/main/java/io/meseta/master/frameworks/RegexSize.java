package io.meseta.master.frameworks;

import java.util.ArrayDeque;
import java.util.Deque;

/// How large a regular expression will be once it is compiled, about.
///
/// Repetitions within repetitions multiply: twenty characters can ask for a thousand million
/// instructions, and the engine would try to make them.
final class RegexSize {

    /// More than that is as good as without end.
    private static final long MAX = 1_000_000_000;

    private final String regex;
    private int at;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        return new RegexSize(regex).size();
    }

    private long size() {
        Deque<Long> outer = new ArrayDeque<>();
        long sum = 0;
        long last = 0;
        for (; at < regex.length(); at++) {
            char next = regex.charAt(at);
            switch (next) {
                case '(' -> {
                    outer.push(sum);
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    last = sum + 2;
                    sum = (outer.isEmpty() ? 0 : outer.pop()) + last;
                }
                case '{' -> {
                    long times = times();
                    sum = Math.min(MAX, sum - last + last * times);
                    last = Math.min(MAX, last * times);
                }
                case '[' -> {
                    skipClass();
                    last = 1;
                    sum++;
                }
                default -> {
                    if (next == '\\') at++;
                    last = 1;
                    sum++;
                }
            }
        }
        while (!outer.isEmpty()) sum = Math.min(MAX, sum + outer.pop());
        return sum;
    }

    /// The larger number of a repetition such as `{2,5}`; 1 for a brace that means itself.
    private long times() {
        long most = 1;
        long number = 0;
        for (int i = at + 1; i < regex.length(); i++) {
            char next = regex.charAt(i);
            if (next >= '0' && next <= '9') {
                number = Math.min(MAX, number * 10 + next - '0');
                continue;
            }
            if (next != ',' && next != '}') return 1;
            most = Math.max(most, number);
            number = 0;
            if (next != '}') continue;
            at = i;
            return most;
        }
        return 1;
    }

    /// Brackets within a class are no groups. One right after its begin does not end it.
    private void skipClass() {
        int i = at + 1;
        if (i < regex.length() && regex.charAt(i) == '^') i++;
        if (i < regex.length() && regex.charAt(i) == ']') i++;
        while (i < regex.length() && regex.charAt(i) != ']') {
            if (regex.charAt(i) == '\\') i++;
            if (regex.startsWith("[:", i)) i = Math.max(i, regex.indexOf(":]", i));
            i++;
        }
        at = i;
    }
}
