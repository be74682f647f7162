package io.meseta.master.events;

import io.meseta.master.doors.Format;
import io.meseta.master.views.Visibility;

/// To whom something is said.
///
/// @param more what it has asked to be told beside what everybody is
public record Audience(Visibility visibility, Format format, More more) {

    /// One that has not asked for anything.
    public Audience(Visibility visibility, Format format) {
        this(visibility, format, More.NOTHING);
    }

    /// What is told only to whoever asks for it.
    ///
    /// @param isNumbered each thing said comes with the number by which a reader can go on later
    public record More(boolean isNumbered, boolean agents, boolean operations, boolean quota) {

        public static final More NOTHING = new More(false, false, false, false);
    }

    /// Equal ones are told the same, byte for byte.
    Object sharing() {
        return new Sharing(visibility.audience(), format, more);
    }

    private record Sharing(Object visibility, Format format, More more) {}
}
