package io.meseta.auth.secrets;

import java.util.regex.Pattern;

/// Which hashes are taken from outside: Argon2id in PHC form, with costs that neither give the
/// secret away nor keep us busy.
public final class PhcText {

    private static final Pattern FORM =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,4}),p=(\\d{1,3})"
                            + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");
    private static final int MEMORY_KIB_MIN = 7 * 1024;
    private static final int MEMORY_KIB_MAX = 256 * 1024;
    private static final int PASSES_MAX = 10;
    private static final int LANES_MAX = 4;

    private PhcText() {}

    public static boolean isAcceptable(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) return false;
        return isBetween(MEMORY_KIB_MIN, form.group(1), MEMORY_KIB_MAX)
                && isBetween(1, form.group(2), PASSES_MAX)
                && isBetween(1, form.group(3), LANES_MAX);
    }

    private static boolean isBetween(int min, String number, int max) {
        int value = Integer.parseInt(number);
        return min <= value && value <= max;
    }
}
