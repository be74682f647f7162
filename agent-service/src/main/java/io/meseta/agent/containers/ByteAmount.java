package io.meseta.agent.containers;

import java.util.Locale;
import java.util.regex.Pattern;

/// An amount of memory as Docker's command line has it: `64m`, `1g`, `4096`, `512kb`.
final class ByteAmount {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(?:([bkmg])b?)?");

    private ByteAmount() {}

    /// In bytes, and more than none.
    ///
    /// @throws IllegalArgumentException with a reason for people
    static long parse(String text) {
        var matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches())
            throw new IllegalArgumentException("'" + text + "' is no size such as 64m");
        int shift = shift(matcher.group(2) == null ? "b" : matcher.group(2));
        long amount = Long.parseLong(matcher.group(1));
        if (amount == 0 || amount > Long.MAX_VALUE >> (shift + 1))
            throw new IllegalArgumentException("a size of " + text);
        return amount << shift;
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
    }
}
