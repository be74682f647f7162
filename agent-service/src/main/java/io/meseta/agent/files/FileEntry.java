package io.meseta.agent.files;

import java.time.Instant;

/// One line of a listing.
///
/// @param path as it was asked for, with the name added
/// @param mode with the file's type, as in `st_mode`
public record FileEntry(
        String path, int links, long size, Instant modified, int mode, String owner, String group) {

    private static final String LETTERS = "rwxrwxrwx";
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;

    /// As `ls -l` shows it.
    public String modeText() {
        var text = new StringBuilder();
        int type = mode & TYPE;
        text.append(type == DIRECTORY ? 'd' : type == LINK ? 'l' : '-');
        for (int i = 0; i < LETTERS.length(); i++) {
            boolean isSet = (mode & (1 << (LETTERS.length() - 1 - i))) != 0;
            text.append(isSet ? LETTERS.charAt(i) : '-');
        }
        return text.toString();
    }
}
