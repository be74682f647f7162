package io.meseta.launcher;

import java.io.PrintWriter;

/// The lines by which a start or a stop is followed. Any thread may say something.
final class Progress {

    private final PrintWriter out;

    Progress(PrintWriter out) {
        this.out = out;
    }

    void say(String line) {
        // One call: lines of several threads must not run into each other.
        out.print(line + System.lineSeparator());
        out.flush();
    }
}
