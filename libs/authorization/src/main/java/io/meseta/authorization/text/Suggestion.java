package io.meseta.authorization.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What somebody who wrote an unknown word probably meant.
final class Suggestion {

    /// Longer words are not compared: comparing costs the product of the lengths.
    private static final int LENGTH_MAX = 64;

    private Suggestion() {}

    static String among(Collection<String> known, String word) {
        var near =
                word.length() > LENGTH_MAX
                        ? Optional.<String>empty()
                        : known.stream()
                                .filter(each -> distance(each, word) <= 1 + word.length() / 4)
                                .min(Comparator.comparingInt(each -> distance(each, word)));
        return near.map(each -> "; did you mean '" + each + "'?")
                .orElseGet(
                        () -> known.size() > 20 ? "" : "; known are " + String.join(", ", known));
    }

    /// Levenshtein's distance, ignoring case.
    private static int distance(String left, String right) {
        var row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) row[j] = j;
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                boolean isSame =
                        Character.toLowerCase(left.charAt(i - 1))
                                == Character.toLowerCase(right.charAt(j - 1));
                int replaced = isSame ? diagonal : diagonal + 1;
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
