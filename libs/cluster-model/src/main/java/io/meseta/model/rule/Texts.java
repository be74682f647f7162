package io.meseta.model.rule;

/// What several rules about texts from outside ask.
public final class Texts {

    private Texts() {}

    /// Whether the text takes more than `bytesMax` bytes as UTF-8.
    public static boolean isLongerThan(int bytesMax, String text) {
        if (text.length() > bytesMax) return true;
        if (3 * text.length() <= bytesMax) return false;
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            // A surrogate pair takes four bytes, so two for each half.
            if (letter < 0x80) bytes += 1;
            else if (letter < 0x800 || Character.isSurrogate(letter)) bytes += 2;
            else bytes += 3;
        }
        return bytes > bytesMax;
    }

    /// Whether an ASCII control character is in the text.
    public static boolean hasControlCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < 0x20 || letter == 0x7f) return true;
        }
        return false;
    }
}
